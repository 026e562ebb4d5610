import { now } from "../../clock";
import type { Seen } from "./unit-facts";
import type { News, UnitWatch } from "./unit-watch";

interface Kept {
  readonly unit: string;
  readonly news: News;
  readonly seen: Seen;
}

/**
 * What was told of any unit while some of them arrive: these take it in, as of when it was seen, once
 * their history is there.
 */
export class KeptNews {
  #kept: Kept[] = [];
  /** How many arrivals of units are under way. */
  #arrivals = 0;

  /** How much has been told since the first arrival that is under way began. */
  get count(): number {
    return this.#kept.length;
  }

  /** Keeps from here on. @returns where in it this arrival begins. */
  begin(): number {
    this.#arrivals += 1;
    return this.count;
  }

  end(): void {
    this.#arrivals -= 1;
    if (this.#arrivals === 0) this.#kept = [];
  }

  keep(unit: string, news: News): void {
    if (this.#arrivals > 0) this.#kept.push({ unit, news, seen: now() });
  }

  /**
   * Hands on what came meanwhile. What the unit's snapshot, taken at `snapshotAt`, came after is in
   * it; jobs are remembered all the same.
   */
  handTo(watch: UnitWatch, first: number, snapshotAt: number): void {
    const { unit } = watch.watched;
    for (const [place, told] of this.#kept.entries()) {
      const isOld = place < first || (told.news.tag === "properties" && place < snapshotAt);
      if (told.unit === unit && !isOld) watch.take(told.news, told.seen);
    }
  }
}
