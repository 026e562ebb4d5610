import type { Micros } from "../../machine/types";
import type { ThrashLevel } from "../../wire/insight";
import type { TimeSpan } from "../seen-time";
import { findFlapping } from "./flapping";
import { findLoops, type LoopLimits, loopsEndInUs } from "./loops";
import type { ThrashRecord } from "./record";
import { sayCalm, sayFastLoop, sayFlapping, saySlowLoop } from "./words";

export interface ThrashVerdict {
  readonly level: ThrashLevel;
  /** Null where it does not thrash. */
  readonly since: Micros | null;
  /** One sentence. */
  readonly why: string;
  /** In per cent, to one decimal. */
  readonly score: number;
  /** In how much time, in µs, it can change without a move; null: not at all. */
  readonly changesInUs: number | null;
}

/**
 * Whether a service thrashes at `at`, by its own clock: a crash loop, a slow loop, or states that
 * flap, the first that fits. Each begins at one threshold and ends at a lower one.
 * @param gaps times that were not seen.
 */
export function judgeThrash(
  record: ThrashRecord,
  at: Micros,
  limits: LoopLimits,
  gaps: readonly TimeSpan[],
): ThrashVerdict {
  const loops = findLoops(record.marks, at, limits, gaps);
  // What is told as a crash loop is not told again as flapping, when the loop is over.
  const isTold = (when: Micros) => loops.told.some(({ from, to }) => when >= from && when <= to);
  const untold = record.arrivals.map(({ at: when, changed }) => ({
    at: when,
    changed: changed && !isTold(when),
  }));
  const flapping = findFlapping(untold, at, gaps);
  const all = loops.told.length === 0 ? flapping : findFlapping(record.arrivals, at, gaps);
  const score = Math.round(all.score * 10) / 10;
  const ends = [loopsEndInUs(loops, at, limits, gaps), flapping.nextCheckInUs].filter((end) => end !== null);
  const rest = { score, changesInUs: ends.length === 0 ? null : Math.min(...ends) };
  if (loops.fast)
    return { level: "crash-loop", since: loops.fast.since, why: sayFastLoop(loops.fast), ...rest };
  if (loops.slow)
    return { level: "crash-loop", since: loops.slow.since, why: saySlowLoop(loops.slow, limits), ...rest };
  if (flapping.since !== null)
    return { level: "flapping", since: flapping.since, why: sayFlapping(score), ...rest };
  return { level: "none", since: null, why: sayCalm(record.marks, at, limits), ...rest };
}
