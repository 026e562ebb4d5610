import type { Move, Observation } from "../machine/observation";
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
  /** Something that it said of itself is stored, from before this engine began. */
  isTold?: boolean;
  /** The keys of its newest moves, oldest first. */
  readonly keys: Set<string>;
}

/** More than any reading back overlaps with what is known. */
const mostKeys = 200;

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

/** Whether this very move stands in history already: the first telling stays. */
function isKnown(track: Track, { sourceKey }: Pick<Observation, "sourceKey">): boolean {
  return track.keys.has(sourceKey);
}

/**
 * An observation of the present. Under a key that history has it is the same move told again, unless
 * it is later than all of history: then the service came into that state once more.
 */
export function asNews(track: Track, observation: Observation): Observation | null {
  if (!isKnown(track, observation)) return inOrder(track, observation);
  return observation.state === track.state || observation.at <= (track.since ?? 0) ? null : observation;
}

/**
 * What of a record that was read back is not in history yet. A move that history has ends what is
 * known: what lies before it was seen coarser then, and cannot be put in any more.
 */
export function newsIn(track: Track, told: readonly Observation[]): Observation[] {
  const since = track.since ?? 0;
  const known = told.findLastIndex(
    (observation) => observation.at <= since + twoTellingsUs && isKnown(track, observation),
  );
  // Its instant is by our measure of the host's clock: the process may have moved after it, and be dated before.
  const earlyUs = isEstimated(track) ? twoTellingsUs : 0;
  return told
    .slice(known + 1)
    .filter((observation) => observation.at > since + (isDated(observation) ? twoTellingsUs : -earlyUs))
    .filter((observation) => !(observation.at <= since && isKnown(track, observation)))
    .map((observation) => inOrder(track, observation));
}

/** The present state is the application's word, and not dated by the host itself. */
function isEstimated({ keys }: Track): boolean {
  return [...keys].at(-1)?.startsWith("probe/") === true;
}

/** Its key is an instant, and two records of one host put the same move some milliseconds apart. */
function isDated({ sourceKey, bootId }: Observation): boolean {
  return bootId !== null && sourceKey.startsWith(`${bootId}/`);
}

/** The service came into that state once more: under a key that history has nothing can be stored. */
export function underNewKey(track: Track, observation: Observation): Observation {
  if (!isKnown(track, observation)) return observation;
  let ordinal = 2;
  while (track.keys.has(`${observation.sourceKey}#${ordinal}`)) ordinal += 1;
  return { ...observation, sourceKey: `${observation.sourceKey}#${ordinal}` };
}

/** The journal's word for a move may come later than the signal's for the next one by less than this. */
const twoTellingsUs = 1_000_000;

/**
 * The observation at an instant that is not before the present state's: two records of one host put
 * the same move some milliseconds apart, and history is in the order of time.
 */
function inOrder(track: Track, observation: Observation): Observation {
  const before = (track.since ?? observation.at) - observation.at;
  return before > 0 && before < twoTellingsUs ? { ...observation, at: observation.at + before } : observation;
}

/** Takes the move over into the track. */
export function applyMove(track: Track, move: Move): void {
  track.state = move.to;
  track.seq = move.seq;
  track.since = move.at;
  track.sinceMonotonic = move.monotonic;
  track.sinceBootId = move.bootId;
  track.keys.add(move.sourceKey);
  for (const key of track.keys) {
    if (track.keys.size <= mostKeys) break;
    track.keys.delete(key);
  }
}
