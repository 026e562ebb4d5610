import type { Micros } from "../machine/types";

/** A time, in µs; among `gaps` one that nobody saw and nothing recovered. */
export interface TimeSpan {
  readonly from: Micros;
  readonly to: Micros;
}

/** How much of the time from `from` to `to` was seen, in µs; never negative. The gaps do not overlap. */
export function seenBetween(from: Micros, to: Micros, gaps: readonly TimeSpan[]): Micros {
  const unseen = gaps.reduce(
    (sum, gap) => sum + Math.max(0, Math.min(gap.to, to) - Math.max(gap.from, from)),
    0,
  );
  return Math.max(0, to - from - unseen);
}
