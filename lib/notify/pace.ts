/** How long to wait before a delivery is tried again; in ms. */
export interface Pace {
  /** After the first failure; doubled with each further one … */
  readonly firstMs: number;
  /** … up to this. */
  readonly mostMs: number;
  /** The same for what the receiver does not want as it is. */
  readonly refusedFirstMs: number;
  readonly refusedMostMs: number;
}

export const defaultPace: Pace = {
  firstMs: 2_000,
  mostMs: 300_000,
  refusedFirstMs: 300_000,
  refusedMostMs: 3_600_000,
};

/**
 * The wait after `failures` failures, the last one included: doubled each time, and up to a fifth
 * longer or shorter by chance, so that not everything comes back at once.
 * @param chance from 0 to 1.
 */
export function waitMs(
  failures: number,
  wasRefused: boolean,
  pace: Pace,
  chance: number = Math.random(),
): number {
  const [first, most] = wasRefused ? [pace.refusedFirstMs, pace.refusedMostMs] : [pace.firstMs, pace.mostMs];
  const plain = Math.min(first * 2 ** Math.min(failures - 1, 30), most);
  return Math.round(plain * (0.8 + 0.4 * chance));
}
