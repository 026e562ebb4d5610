import { seenBetween, type TimeSpan } from "../../insight/seen-time";

/** How long something has been seen: by the monotonic clock, and not while nobody looks. */
export class Stopwatch {
  #since: number;
  #seenUs = 0;
  /** When it was first set going, and what had been seen by then: more cannot have been seen since. */
  #first: { readonly monotonic: number; readonly seenUs: number } | null = null;
  /** By the monotonic clock; null while it stands still. */
  #runsFrom: number | null = null;

  /** @param since when it began, by our wall clock. */
  constructor(since: number) {
    this.#since = since;
  }

  get since(): number {
    return this.#since;
  }

  /** Counts anew what was seen until now, without the gaps, and runs on from there. */
  run(now: { readonly at: number; readonly monotonic: number }, gaps: readonly TimeSpan[]): void {
    const seenUs = seenBetween(this.#since, now.at, gaps);
    this.#first ??= { monotonic: now.monotonic, seenUs };
    // The wall clock may have been set meanwhile.
    this.#seenUs = Math.min(seenUs, this.#first.seenUs + now.monotonic - this.#first.monotonic);
    this.#runsFrom = now.monotonic;
  }

  stop(monotonic: number): void {
    this.#seenUs = this.seenUs(monotonic);
    this.#runsFrom = null;
  }

  seenUs(monotonic: number): number {
    return this.#seenUs + (this.#runsFrom === null ? 0 : Math.max(0, monotonic - this.#runsFrom));
  }
}
