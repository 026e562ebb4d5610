import type { Moment } from "./moment";
import { Stopwatch } from "./stopwatch";

/**
 * How long something has been so, as far as that was seen: neither while its host is not seen, whatever
 * a record tells of that time later, nor while it is not known whether it still is so.
 */
export class Lasting {
  /** What was seen before it last stood still. */
  #beforeUs = 0;
  /** Null while it stands still. */
  #watch: Stopwatch | null = null;
  #isSeen = true;
  #isKnown = true;

  /** @param began by our wall clock. */
  constructor(began: number, moment: Moment) {
    this.#begin(Math.min(began, moment.at), moment);
  }

  /** The host is seen. Called again whenever it becomes known what was not seen. */
  run(moment: Moment): void {
    this.#isSeen = true;
    if (this.#watch) this.#watch.run(moment, moment.gaps);
    else this.#goOn(moment);
  }

  /** The host is not seen any more. */
  stop(monotonic: number): void {
    this.#isSeen = false;
    this.#standStill(monotonic);
  }

  /** It is known to be so. */
  know(moment: Moment): void {
    this.#isKnown = true;
    if (!this.#watch) this.#goOn(moment);
  }

  /** It is not known any more whether it is so. */
  doubt(monotonic: number): void {
    this.#isKnown = false;
    this.#standStill(monotonic);
  }

  seenMs(monotonic: number): number {
    return this.#seenUs(monotonic) / 1000;
  }

  #goOn(moment: Moment): void {
    if (this.#isSeen && this.#isKnown) this.#begin(moment.at, moment);
  }

  #begin(at: number, moment: Moment): void {
    this.#watch = new Stopwatch(at);
    this.#watch.run(moment, moment.gaps);
  }

  #standStill(monotonic: number): void {
    this.#beforeUs = this.#seenUs(monotonic);
    this.#watch = null;
  }

  #seenUs(monotonic: number): number {
    return this.#beforeUs + (this.#watch?.seenUs(monotonic) ?? 0);
  }
}
