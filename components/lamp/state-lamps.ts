/** One drawing per lamp; the states of machines that people make themselves share `plain`. */
export type LampShape =
  | "square"
  | "arc"
  | "disc"
  | "half-disc"
  | "arrow"
  | "triangle"
  | "ring"
  | "tick"
  | "diamond"
  | "links-apart"
  | "links"
  | "links-broken"
  | "plain"
  | "unseen";

interface StateLamp {
  /** The value of `data-lamp`, from which lamp.css takes the colour. */
  readonly slug: string;
  readonly shape: LampShape;
}

const lamps: ReadonlyMap<string, StateLamp> = new Map([
  ["Stopped", { slug: "stopped", shape: "square" }],
  ["Starting", { slug: "starting", shape: "arc" }],
  ["Running", { slug: "running", shape: "disc" }],
  ["Stopping", { slug: "stopping", shape: "half-disc" }],
  ["Restarting", { slug: "restarting", shape: "arrow" }],
  ["Error", { slug: "error", shape: "triangle" }],
  ["Syncing", { slug: "syncing", shape: "ring" }],
  ["Synced", { slug: "synced", shape: "tick" }],
  ["Consensus", { slug: "consensus", shape: "diamond" }],
  ["Connecting", { slug: "connecting", shape: "links-apart" }],
  ["Connected", { slug: "connected", shape: "links" }],
  ["Reconnecting", { slug: "reconnecting", shape: "links-broken" }],
]);

const other: StateLamp = { slug: "other", shape: "plain" };
const unseen: StateLamp = { slug: "other", shape: "unseen" };

/** The lamp of a state; a neutral one for names that only a user's own machine knows. */
export function lampOf(state: string | null): StateLamp {
  return state === null ? unseen : (lamps.get(state) ?? other);
}

/** The word beside the lamp. */
export function stateWord(state: string | null): string {
  return state ?? "Not seen yet";
}

/** States in the order of the lamps above, then the others by name, then what was never seen. */
export function compareStates(left: string | null, right: string | null): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return rankOf(left) - rankOf(right) || left.localeCompare(right);
}

function rankOf(state: string): number {
  const rank = [...lamps.keys()].indexOf(state);
  return rank === -1 ? lamps.size : rank;
}
