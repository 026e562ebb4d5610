import os from "node:os";
import { now } from "../clock";
import type { Span } from "./track";

/** An engine that did nothing for so long was paused, or its machine slept: nobody looked. */
const pauseUs = 3_000_000;

/** Notices that this very process did not run for a while. */
export class Wakefulness {
  #last: { readonly at: number; readonly sinceBoot: number } | null = null;

  /** @returns the time since it was last asked, if the process was paused in it. */
  pause(): Span | null {
    const { at } = now();
    // Counts the sleep of the machine, and no step of the clock.
    const sinceBoot = os.uptime() * 1_000_000;
    const before = this.#last;
    this.#last = { at, sinceBoot };
    if (before === null || sinceBoot - before.sinceBoot < pauseUs || at <= before.at) return null;
    return { from: before.at, to: at };
  }
}
