import type { Move } from "../machine/observation";
import type { Machine, Micros } from "../machine/types";

/** What the engine holds of one service: enough to turn the next observation into history. */
export interface Track {
  readonly serviceId: number;
  readonly host: string;
  readonly name: string;
  /** `host/name` */
  readonly id: string;
  machine: Machine;
  state: string | null;
  seq: number;
  since: Micros | null;
  sinceMonotonic: Micros | null;
  sinceBootId: string | null;
  wanted: boolean | null;
}

export interface Span {
  readonly from: Micros;
  readonly to: Micros;
}

/** How long `from` lasted, in µs: gaps left out of the first figure and told in the second. */
export interface Stay {
  readonly inFromUs: Micros | null;
  readonly gapUs: Micros;
}

/**
 * How long the present state lasted until `move`. Within one boot by the monotonic clock, else by
 * the wall clock; never negative (DESIGN §2, "Every instant is the source's own").
 */
export function stayUntil(
  track: Track,
  move: Pick<Move, "at" | "monotonic" | "bootId">,
  gaps: readonly Span[],
): Stay {
  if (track.since === null) return { inFromUs: null, gapUs: 0 };
  const since = track.since;
  const sameBoot = track.sinceBootId !== null && track.sinceBootId === move.bootId;
  const whole =
    sameBoot && track.sinceMonotonic !== null && move.monotonic !== null
      ? move.monotonic - track.sinceMonotonic
      : move.at - since;
  const unseen = gaps.reduce(
    (sum, gap) => sum + Math.max(0, Math.min(gap.to, move.at) - Math.max(gap.from, since)),
    0,
  );
  const gapUs = Math.min(unseen, Math.max(0, whole));
  return { inFromUs: Math.max(0, whole - gapUs), gapUs };
}

/** Takes the move over into the track. */
export function applyMove(track: Track, move: Move): void {
  track.state = move.to;
  track.seq = move.seq;
  track.since = move.at;
  track.sinceMonotonic = move.monotonic;
  track.sinceBootId = move.bootId;
}
