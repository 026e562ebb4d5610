import type { KeeperClock } from "../keeper-clock";

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

/** Clocks that stand still until they are put forward: alarms ring on the way, each at its time. */
export class SetClock implements KeeperClock {
  #at: number;
  #monotonic = 1_000_000_000;
  #alarms: Alarm[] = [];

  constructor(at = 1_800_000_000_000_000) {
    this.#at = at;
  }

  now() {
    return { at: this.#at, monotonic: this.#monotonic };
  }

  get alarms(): number {
    return this.#alarms.length;
  }

  after(ms: number, run: () => void): () => void {
    const alarm = { at: this.#monotonic + ms * 1000, run };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  /** Somebody sets the wall clock. */
  setWall(byMs: number): void {
    this.#at += byMs * 1000;
  }

  /** Time passes, and what is due on the way happens. */
  async pass(ms: number): Promise<void> {
    // What was heard in this turn is judged at its time.
    await Promise.resolve();
    const end = this.#monotonic + ms * 1000;
    for (;;) {
      const next = [...this.#alarms].sort((one, other) => one.at - other.at)[0];
      if (!next || next.at > end) break;
      this.#step(Math.max(this.#monotonic, next.at));
      this.#alarms = this.#alarms.filter((other) => other !== next);
      next.run();
      await Promise.resolve();
    }
    this.#step(end);
  }

  #step(monotonic: number): void {
    this.#at += monotonic - this.#monotonic;
    this.#monotonic = monotonic;
  }
}
