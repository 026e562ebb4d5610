import { toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";

const tellAfterMs = 2_000;

/**
 * Whether the database is out of reach, and since when. Those who look at the picture are told only
 * of an absence that lasts: a connection that is replaced at once is nobody's business.
 */
export class Outage {
  #since: Micros | null = null;
  #told = false;
  #timer: NodeJS.Timeout | null = null;
  readonly #tell: (lostSince: string | null) => void;

  constructor(tell: (lostSince: string | null) => void) {
    this.#tell = tell;
  }

  /** Since when, RFC 3339; null while it is in reach or the absence is too short to tell. */
  get toldSince(): string | null {
    return this.#told && this.#since !== null ? toRfc3339(this.#since) : null;
  }

  /** @returns whether this is news. */
  begin(at: Micros): boolean {
    if (this.#since !== null) return false;
    this.#since = at;
    this.#timer = setTimeout(() => {
      this.#told = true;
      this.#tell(toRfc3339(at));
    }, tellAfterMs);
    this.#timer.unref();
    return true;
  }

  /** @returns whether there was one. */
  end(): boolean {
    if (this.#timer) clearTimeout(this.#timer);
    const was = this.#since !== null;
    const told = this.#told;
    this.#since = null;
    this.#told = false;
    if (told) this.#tell(null);
    return was;
  }
}
