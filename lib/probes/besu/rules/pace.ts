import type { Micros } from "../../../machine/types";

/** How high a node was when, and how high it has to come, of the last minute: how fast it catches up. */
export type Pace = readonly Look[];

interface Look {
  readonly at: Micros;
  readonly height: number;
  /** The highest block known; null: nobody told. */
  readonly target: number | null;
}

const windowUs = 60_000_000;
const leastUs = 2_000_000;

/** With one more look. A height that falls begins anew. */
export function keepPace(pace: Pace, look: Look): Pace {
  const last = pace.at(-1);
  if (last !== undefined && look.height < last.height) return [look];
  // Quick looks in a row are one, so that the window stays short.
  const isQuick = pace.length > 1 && last !== undefined && look.at - last.at < 500_000;
  const kept = isQuick ? pace.slice(0, -1) : pace;
  return [...kept, look].filter(({ at }) => at >= look.at - windowUs && at <= look.at);
}

/** Blocks per second; null: it has not been seen for long enough. */
export function perSecond(pace: Pace): number | null {
  return rateOf(pace, ({ height }) => height);
}

/**
 * How long until it has caught up, in ms, with a chain that moves on meanwhile; null: it is not known, or
 * it does not come nearer.
 */
export function leftMs(pace: Pace): number | null {
  const told = pace.flatMap(({ at, height, target }) =>
    target === null ? [] : [{ at, behind: target - height }],
  );
  const closing = rateOf(told, ({ behind }) => -behind);
  const behind = told.at(-1)?.behind;
  if (closing === null || behind === undefined || closing <= 0) return null;
  return Math.round((Math.max(0, behind) / closing) * 1000);
}

function rateOf<Looked extends { readonly at: Micros }>(
  looks: readonly Looked[],
  read: (look: Looked) => number,
): number | null {
  const [first, last] = [looks[0], looks.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < leastUs) return null;
  return (read(last) - read(first)) / ((last.at - first.at) / 1_000_000);
}
