import type { Micros } from "../../../machine/types";
import type { Head } from "../besu-answer";

/** How a node's head has moved: what tells a chain that rarely makes a block from one that stands still. */
export interface HeadsSeen {
  readonly last: Head | null;
  /** When the last one was first seen; null: none was. */
  readonly seenAt: Micros | null;
  /** How long the last blocks were in coming, each; where several came between two looks, their mean. */
  readonly gapsMs: readonly number[];
}

export const noHeads: HeadsSeen = { last: null, seenAt: null, gapsMs: [] };

const mostGaps = 32;
const floorMs = 30_000;
/** So many of the last times may be longer than what counts as ordinary. */
const exceptions = 2;
/** A proposer that fails costs a round, and each further one twice as long: three lost in a row are no freeze. */
const periods = 4;

/** With one more look at the head. A head that is lower than before begins anew, with what was learnt. */
export function seeHead(seen: HeadsSeen, head: Head, at: Micros): HeadsSeen {
  const { last, seenAt, gapsMs } = seen;
  if (last !== null && head.height === last.height) {
    return head.at === null || head.at === last.at ? seen : { ...seen, last: head };
  }
  const next = { last: head, seenAt: at };
  if (last === null || seenAt === null || head.height < last.height) return { ...next, gapsMs };
  const spanUs = head.at !== null && last.at !== null ? head.at - last.at : at - seenAt;
  const gapMs = Math.max(0, Math.round(spanUs / 1000 / (head.height - last.height)));
  return { ...next, gapsMs: [...gapsMs, gapMs].slice(-mostGaps) };
}

/** What some blocks before the head show, which were asked for; only where nothing was learnt yet. */
export function learnFrom(seen: HeadsSeen, earlier: readonly Head[], at: Micros): HeadsSeen {
  if (seen.gapsMs.length > 0 || earlier.length === 0) return seen;
  const rising = [...earlier].sort((a, b) => a.height - b.height);
  const { gapsMs } = rising.reduce((before, head) => seeHead(before, head, at), noHeads);
  return { ...seen, gapsMs };
}

/** How old the newest block is; null: there is none. Without its own instant: since it was first seen. */
export function headAgeMs({ last, seenAt }: HeadsSeen, at: Micros): number | null {
  const since = last?.at ?? seenAt;
  return since === null ? null : Math.max(0, (at - since) / 1000);
}

/**
 * From which age on a head counts as old. Where the configuration does not say it: four times as long as a
 * block of this chain is in coming, and never under 30 s. Null: the chain has not shown it.
 */
export function headLimitMs({ gapsMs }: HeadsSeen, maxHeadAgeMs: number | null): number | null {
  if (maxHeadAgeMs !== null) return maxHeadAgeMs;
  return gapsMs.length === 0 ? null : Math.max(floorMs, periods * ordinaryGapMs(gapsMs));
}

/**
 * The longest that is no exception: a chain that stood still for hours once or twice, and has gone on
 * since, does not take such times to come to its next block.
 */
function ordinaryGapMs(gapsMs: readonly number[]): number {
  const falling = [...gapsMs].sort((a, b) => b - a);
  return falling[Math.min(exceptions, Math.floor(falling.length / 2))] ?? 0;
}

/** Null: it cannot be told yet. A chain with nothing but its first block, which is no one's, is an old one. */
export function isHeadOld(seen: HeadsSeen, at: Micros, maxHeadAgeMs: number | null): boolean | null {
  const ageMs = headAgeMs(seen, at);
  if (seen.last === null || ageMs === null) return null;
  const limitMs = headLimitMs(seen, maxHeadAgeMs) ?? (seen.last.height === 0 ? floorMs : null);
  return limitMs === null ? null : ageMs > limitMs;
}
