import type { MetricsSaid } from "./ask-metrics";
import type { NodeSaid } from "./ask-node";
import { type BesuAnswer, type ChainSaid, type Head, known, type Said } from "./besu-answer";

export interface Voices {
  /** What the node says over its RPC. */
  readonly node: NodeSaid;
  readonly metrics: MetricsSaid | null;
  /** What an observer says of the chain; null: none was asked. */
  readonly observed: Said<ChainSaid> | null;
  readonly ready: BesuAnswer["ready"];
  readonly live: BesuAnswer["live"];
}

/** One answer: what the RPC says comes first, its metrics fill in what it does not say. */
export function putTogether({ node, metrics, observed, ready, live }: Voices): BesuAnswer {
  const peers = metrics?.peers ?? null;
  return {
    ...node,
    head: headOf(node.head, metrics?.head ?? null),
    peers: node.peers.tag === "unknown" && peers !== null ? known(peers) : node.peers,
    best: metrics?.best ?? null,
    ready,
    live,
    chain: chainOf(node.chain, observed),
  };
}

function headOf(said: Said<Head>, measured: Head | null): Said<Head> {
  if (measured === null) return said;
  if (said.tag === "unknown") return known(measured);
  const { height, at } = said.value;
  // A block that only metrics date, where both speak of the same one.
  return at === null && measured.height === height ? known(measured) : said;
}

/** Whoever knows who proposes is believed, the node itself first. */
function chainOf(own: NodeSaid["chain"], observed: Said<ChainSaid> | null): BesuAnswer["chain"] {
  const mine = own.tag === "known" ? known({ ...own.value, by: null }) : own;
  if (mine.tag === "known" && mine.value.proposed.tag === "known") return mine;
  if (observed === null) return mine;
  return observed.tag === "unknown" && mine.tag === "known" ? mine : observed;
}
