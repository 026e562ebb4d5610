import type { Micros } from "../../../machine/types";

/** How high a node was when, of the last minute: how fast it catches up. */
export type Pace = readonly { readonly at: Micros; readonly height: number }[];

const windowUs = 60_000_000;
const leastUs = 2_000_000;

/** With one more look. A height that falls begins anew. */
export function keepPace(pace: Pace, at: Micros, height: number): Pace {
  const last = pace.at(-1);
  if (last !== undefined && height < last.height) return [{ at, height }];
  // Quick looks in a row are one, so that the window stays short.
  const before = pace.length > 1 && last !== undefined && at - last.at < 500_000 ? pace.slice(0, -1) : pace;
  return [...before, { at, height }].filter((look) => look.at >= at - windowUs && look.at <= at);
}

/** Blocks per second over the window; null: it has not been seen for long enough. */
export function perSecond(pace: Pace): number | null {
  const [first, last] = [pace[0], pace.at(-1)];
  if (first === undefined || last === undefined || last.at - first.at < leastUs) return null;
  return (last.height - first.height) / ((last.at - first.at) / 1_000_000);
}
