import type { CauseKind } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import { isUnintended, type MoveShape } from "./unintended";

/** How many moves of one shape a bucket holds. */
export interface CountedMoves extends MoveShape {
  /** Which bucket, from 0. */
  readonly bucket: number;
  readonly count: number;
}

export interface Bucket {
  readonly at: Micros;
  readonly transitions: number;
  readonly unintended: number;
  readonly causes: Partial<Record<CauseKind, number>>;
}

/** Every bucket from `from` to `to`, also those in which nothing happened. */
export function bucketsOf(
  span: { readonly from: Micros; readonly to: Micros; readonly bucketUs: number },
  counted: readonly CountedMoves[],
): Bucket[] {
  const length = Math.ceil((span.to - span.from) / span.bucketUs);
  const buckets = Array.from({ length }, (_, n) => ({
    at: span.from + n * span.bucketUs,
    transitions: 0,
    unintended: 0,
    causes: {} as Partial<Record<CauseKind, number>>,
  }));
  for (const moves of counted) {
    const bucket = buckets[moves.bucket];
    if (!bucket) continue;
    bucket.transitions += moves.count;
    if (isUnintended(moves)) bucket.unintended += moves.count;
    bucket.causes[moves.kind] = (bucket.causes[moves.kind] ?? 0) + moves.count;
  }
  return buckets;
}
