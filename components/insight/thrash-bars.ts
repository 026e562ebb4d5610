import { type CauseKind, causeKinds } from "@/lib/machine/observation";
import type { Thrash } from "@/lib/wire/insight";
import { type Ends, lengthOf, type Span } from "./span";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const sizes = [minute, 5 * minute, 10 * minute, 30 * minute, hour, 6 * hour, day, 7 * day] as const;

const [leastBars, mostBars] = [40, 170];
const pxPerBar = 5;

/** How long the buckets of a span are, in ms: as short as can be drawn this wide. */
export function bucketMsOf(span: Span, width: number): number {
  const bars = Math.min(mostBars, Math.max(leastBars, width / pxPerBar));
  return sizes.find((size) => lengthOf(span) / size <= bars) ?? 7 * day;
}

/** One cause's part of a bar, counted from the bottom. */
export interface BarPart {
  readonly cause: CauseKind;
  readonly count: number;
  readonly below: number;
}

export interface ThrashBar extends Ends {
  readonly transitions: number;
  /** What counts towards thrashing: neither asked for nor planned. */
  readonly unintended: number;
  readonly parts: readonly BarPart[];
}

/** The buckets with their causes stacked, always in the same order; empty ones are left out. */
export function thrashBars({ buckets, bucketMs }: Thrash): readonly ThrashBar[] {
  return buckets
    .filter(({ transitions }) => transitions > 0)
    .map(({ at, transitions, unintended, causes }) => {
      const from = Date.parse(at);
      let below = 0;
      const parts = causeKinds.flatMap((cause) => {
        const count = causes[cause] ?? 0;
        if (count === 0) return [];
        const part = { cause, count, below };
        below += count;
        return [part];
      });
      return { from, to: from + bucketMs, transitions, unintended, parts };
    });
}

export interface Threshold {
  readonly count: number;
  readonly words: string;
}

/**
 * What of the rules can be drawn over buckets of this length: as many unintended moves in one bucket
 * are enough for the rule, for the bucket is no longer than the rule's time.
 */
export function thresholdOf({ bucketMs, thresholds: { crashLoop, slowLoop } }: Thrash): Threshold | null {
  if (bucketMs <= crashLoop.withinMs)
    return {
      count: crashLoop.errors,
      words: `crash loop: ${crashLoop.errors} in ${sayWithin(crashLoop.withinMs)}`,
    };
  if (bucketMs <= slowLoop.withinMs)
    return {
      count: slowLoop.errors,
      words: `slow loop: ${slowLoop.errors} in ${sayWithin(slowLoop.withinMs)}`,
    };
  return null;
}

function sayWithin(ms: number): string {
  if (ms % hour === 0) return `${ms / hour} h`;
  return ms % minute === 0 ? `${ms / minute} min` : `${Math.round(ms / 1_000)} s`;
}

/** The causes that occur, in the order in which they are stacked. */
export function causesIn(bars: readonly ThrashBar[]): readonly CauseKind[] {
  return causeKinds.filter((kind) => bars.some(({ parts }) => parts.some(({ cause }) => cause === kind)));
}
