import { lampOf } from "../lamp/state-lamps";
import type { StateBand } from "./bands";
import type { Ends } from "./span";

/** One drawing of a strip: all bands of one lamp as one path. `unseen` is hatched. */
export interface StripPath {
  readonly slug: string;
  readonly d: string;
}

export const unseenSlug = "unseen";

/** The field in which strips are drawn; they are stretched to their place. */
export const [stripWidth, stripHeight] = [240, 16] as const;

/** How high a state stands: without its colour a strip still tells trouble from rest. */
const heights: Readonly<Record<string, number>> = {
  error: stripHeight,
  stopped: 4,
  running: 9,
  synced: 9,
  consensus: 9,
  connected: 9,
  other: 9,
  [unseenSlug]: 9,
};
const passing = 12;

const [least, leastOfError] = [0.75, 2.5];

/** A day of bands as few paths, in the order in which they have to be drawn. */
export function stripPaths(bands: readonly StateBand[], { from, to }: Ends): readonly StripPath[] {
  const scale = stripWidth / (to - from);
  const paths = new Map<string, string>();
  for (const band of bands) {
    if (band.to <= from || band.from >= to) continue;
    const slug = band.state === null ? unseenSlug : lampOf(band.state).slug;
    const left = Math.max(0, (band.from - from) * scale);
    const right = Math.min(stripWidth, (band.to - from) * scale);
    const width = Math.max(right - left, slug === "error" ? leastOfError : least);
    const height = heights[slug] ?? passing;
    const x = Math.min(left, stripWidth - width);
    const box = `M${round(x)} ${stripHeight - height}h${round(width)}v${height}h${round(-width)}z`;
    paths.set(slug, (paths.get(slug) ?? "") + box);
  }
  const drawn = [...paths].map(([slug, d]) => ({ slug, d }));
  return drawn.sort((left, right) => Number(left.slug === "error") - Number(right.slug === "error"));
}

function round(px: number): number {
  return Math.round(px * 10) / 10;
}

/** How many of the bands are in Error. */
export function timesInError(bands: readonly StateBand[], { from, to }: Ends): number {
  return bands.filter((band) => band.state === "Error" && band.to > from && band.from < to).length;
}
