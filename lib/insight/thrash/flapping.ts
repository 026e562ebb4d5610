import type { Micros } from "../../machine/types";
import { seenBetween, type TimeSpan } from "../seen-time";
import { flapScore, isFlapping, statesScored } from "./flap-score";
import type { Arrival } from "./record";

/**
 * A state that stays counts again after each of these, as a regular check would have found it
 * (Nagios' check interval): what happened long ago weighs less and less.
 */
const checkEveryUs = 300_000_000;

export interface Flapping {
  readonly score: number;
  /** Null: it does not flap. */
  readonly since: Micros | null;
  /** In how much time the score can change by itself; null: not while it does not flap. */
  readonly nextCheckInUs: number | null;
}

/** How it flaps at `at`, by the steady states it came to. Time that was not seen counts as no check. */
export function findFlapping(arrivals: readonly Arrival[], at: Micros, gaps: readonly TimeSpan[]): Flapping {
  if (!arrivals.some(({ changed }) => changed)) return { score: 0, since: null, nextCheckInUs: null };
  let changes: boolean[] = [];
  let since: Micros | null = null;
  const check = (changed: boolean, when: Micros) => {
    changes = [...changes, changed].slice(1 - statesScored);
    const flaps = isFlapping(flapScore(changes), since !== null);
    since = flaps ? (since ?? when) : null;
  };
  for (const [index, arrival] of arrivals.entries()) {
    check(arrival.changed, arrival.at);
    const until = arrivals[index + 1]?.at ?? at;
    const checks = Math.floor(seenBetween(arrival.at, until, gaps) / checkEveryUs);
    if (checks >= statesScored) {
      changes = [];
      since = null;
    } else for (let n = 1; n <= checks; n++) check(false, arrival.at + n * checkEveryUs);
  }
  const last = arrivals.at(-1);
  const nextCheckInUs =
    since === null || !last ? null : checkEveryUs - (seenBetween(last.at, at, gaps) % checkEveryUs);
  return { score: flapScore(changes), since, nextCheckInUs };
}
