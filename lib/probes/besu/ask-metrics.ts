import type { Exchange } from "../exchange";
import { ExchangeError } from "../exchange-error";
import { samplesOf } from "../prometheus-samples";
import type { AskingLimits } from "./asking-limits";
import type { Head } from "./besu-answer";
import { short } from "./rpc-faults";

/** What Besu's Prometheus metrics say of the node itself. */
export interface MetricsSaid {
  readonly head: Head | null;
  readonly peers: number | null;
  /** The highest block that its peers tell of. */
  readonly best: number | null;
}

const names = {
  height: "ethereum_blockchain_height",
  headAt: "besu_blockchain_chain_head_timestamp",
  peers: "ethereum_peer_count",
  best: "ethereum_best_known_block_number",
} as const;
const wanted = new Set<string>(Object.values(names));
const mostBytes = 4 * 1024 * 1024;

/** @throws ExchangeError where there is no answer, or nothing of a Besu node in it. */
export async function askMetrics(
  url: string,
  exchange: Exchange,
  { signal, leftMs }: AskingLimits,
): Promise<MetricsSaid> {
  const { status, body } = await exchange.ask({ url, timeoutMs: leftMs(), mostBytes, signal });
  if (status !== 200) throw new ExchangeError("nonsense", `HTTP ${status} instead of metrics`);
  return readMetrics(body);
}

function readMetrics(body: string): MetricsSaid {
  const found = new Map<string, number>();
  for (const { name, value } of samplesOf(body, wanted)) {
    // Besu counts nothing of these below zero or in parts; what is so is another's.
    if (Number.isSafeInteger(value) && value >= 0 && !found.has(name)) found.set(name, value);
  }
  if (found.size === 0)
    throw new ExchangeError("nonsense", `no metrics of a Besu node: ${short(body, 40) || "empty"}`);
  const height = found.get(names.height);
  const headAt = found.get(names.headAt);
  // Before its first look at the chain the instant is 0.
  const at = headAt === undefined || headAt === 0 ? null : headAt * 1_000_000;
  return {
    head: height === undefined ? null : { height, at },
    peers: found.get(names.peers) ?? null,
    best: found.get(names.best) ?? null,
  };
}
