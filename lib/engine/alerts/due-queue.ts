import type { KeeperClock } from "./keeper-clock";

/** Timers hold 2^31 ms at most; what is due later is waited for in pieces. */
const longestWaitMs = 2 ** 30;

interface Due {
  readonly key: string;
  readonly at: number;
}

/**
 * What is due when, by the monotonic clock: one timer for the earliest of all. A key has one due
 * time; setting it again replaces it.
 */
export class DueQueue {
  readonly #clock: KeeperClock;
  readonly #onDue: (keys: readonly string[]) => void;
  /** A binary heap; entries that have been replaced are dropped when they come up. */
  #heap: Due[] = [];
  readonly #current = new Map<string, Due>();
  #armed: { readonly at: number; readonly cancel: () => void } | null = null;

  constructor(clock: KeeperClock, onDue: (keys: readonly string[]) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** @param inUs microseconds from now; null: nothing is due. */
  set(key: string, inUs: number | null): void {
    this.#current.delete(key);
    if (inUs !== null) {
      const due = { key, at: this.#clock.now().monotonic + Math.max(0, inUs) };
      this.#current.set(key, due);
      this.#put(due);
    }
    this.#arm();
  }

  close(): void {
    this.#armed?.cancel();
    this.#armed = null;
    this.#heap = [];
    this.#current.clear();
  }

  #arm(): void {
    const first = this.#first();
    if (first?.at === this.#armed?.at) return;
    this.#armed?.cancel();
    this.#armed = null;
    if (!first) return;
    const waitMs = Math.ceil((first.at - this.#clock.now().monotonic) / 1000);
    const cancel = this.#clock.after(Math.min(longestWaitMs, Math.max(0, waitMs)), () => this.#ring());
    this.#armed = { at: first.at, cancel };
  }

  #ring(): void {
    this.#armed = null;
    const { monotonic } = this.#clock.now();
    const keys: string[] = [];
    for (let first = this.#first(); first && first.at <= monotonic; first = this.#first()) {
      this.#current.delete(first.key);
      keys.push(first.key);
    }
    if (keys.length > 0) this.#onDue(keys);
    this.#arm();
  }

  #first(): Due | undefined {
    for (;;) {
      const [first] = this.#heap;
      if (!first || this.#current.get(first.key) === first) return first;
      this.#dropFirst();
    }
  }

  #put(due: Due): void {
    // What was replaced and is far away would pile up.
    if (this.#heap.length > 2 * this.#current.size + 64) {
      this.#heap = [...this.#current.values()].sort((one, other) => one.at - other.at);
      return;
    }
    const heap = this.#heap;
    let place = heap.push(due) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      const parent = heap[above];
      if (!parent || parent.at <= due.at) break;
      heap[place] = parent;
      place = above;
    }
    heap[place] = due;
  }

  #dropFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const [one, other] = [heap[left], heap[left + 1]];
      const child = other && one && other.at < one.at ? left + 1 : left;
      const smaller = heap[child];
      if (!smaller || smaller.at >= last.at) break;
      heap[place] = smaller;
      place = child;
    }
    heap[place] = last;
  }
}

/** The soonest of these that is still ahead; null: none is. */
export function soonest(dues: readonly (number | null)[]): number | null {
  const ahead = dues.filter((due): due is number => due !== null && due > 0);
  return ahead.length === 0 ? null : Math.min(...ahead);
}
