import type { Micros } from "../machine/types";

interface Gap {
  readonly from: Micros;
  readonly to: Micros;
}

/**
 * How long a stay that has not ended was observed, in whole milliseconds: boundaries are cut, not spans,
 * as with the stays that have ended.
 * @param since when it began to count, in ms. @param until how far history is complete, in µs.
 * @param gaps what nobody saw, oldest first; they may overlap.
 */
export function presentStayMs(since: number, until: Micros, gaps: readonly Gap[]): number {
  const end = wholeMs(until);
  if (end <= since) return 0;
  let unseen = 0;
  let from = since;
  for (const gap of gaps) {
    const start = Math.max(from, wholeMs(gap.from));
    const stop = Math.min(end, wholeMs(gap.to));
    if (stop <= start) continue;
    unseen += stop - start;
    from = stop;
  }
  return end - since - unseen;
}

function wholeMs(at: Micros): number {
  return Math.floor(at / 1000);
}
