/** Milliseconds since the epoch with sub-millisecond resolution, comparable between processes of one machine. */
export function instantMs(): number {
  return performance.timeOrigin + performance.now();
}

export interface Spread {
  readonly p50: number;
  readonly p95: number;
}

/** The median and the 95th percentile of a sample. @throws RangeError for an empty one. */
export function spreadOf(sample: readonly number[]): Spread {
  const sorted = [...sample].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const [p50, p95] = [at(0.5), at(0.95)];
  if (p50 === undefined || p95 === undefined) throw new RangeError("nothing was measured");
  return { p50, p95 };
}

/** "3.2 / 7.6 ms" */
export function inWords({ p50, p95 }: Spread): string {
  return `${p50.toFixed(1)} / ${p95.toFixed(1)} ms`;
}
