import type { BesuConfig } from "../../config/fleet";
import type { Asked, Probe } from "../contract";
import type { Exchange } from "../exchange";
import { ExchangeError } from "../exchange-error";
import { askMetrics, type MetricsSaid } from "./ask-metrics";
import { NodeAsker, type NodeSaid } from "./ask-node";
import { type AskingLimits, limitsFor } from "./asking-limits";
import { type BesuAnswer, known, unknown } from "./besu-answer";
import type { BesuParts } from "./besu-parts";
import { askLiveness, askReadiness } from "./health-endpoints";
import { Observers } from "./observers";
import { putTogether } from "./put-together";
import { createRpcClient } from "./rpc-client";
import { createRpcLogin } from "./rpc-login";

const noRpc = unknown("it has no RPC");
/** What is known of a node that is not asked itself. */
const silent: NodeSaid = {
  syncing: noRpc,
  head: noRpc,
  peers: noRpc,
  noPeersBecause: null,
  earlier: [],
  version: null,
  chainId: null,
  address: null,
  chain: noRpc,
};

/**
 * Asks a Besu node, its metrics and its observers side by side, all within the configured time. It has
 * failed where the node's own RPC did, or its metrics where it has no RPC; what else is not to be had is
 * unknown, each with its reason. Its exchanges are its own: closed with it.
 */
export function createBesuProbe(config: BesuConfig, parts: BesuParts): Probe<BesuAnswer> {
  const { exchange, secret } = parts;
  const clientOf = (of: BesuConfig, by: Exchange) =>
    of.rpc === null
      ? null
      : createRpcClient(of.rpc, by, createRpcLogin({ auth: of.auth, url: of.rpc, exchange: by, secret }));
  const own = clientOf(config, exchange);
  const node = own === null ? null : new NodeAsker(own, config);
  const observers = new Observers(
    parts.observers.flatMap(({ id, config: other, exchange: by }) => {
      const client = clientOf(other, by);
      return client === null ? [] : [{ id, client }];
    }),
  );

  const observes = config.validator && parts.observers.length > 0;
  let knowsItself = false;

  const ask = async (limits: AskingLimits): Promise<BesuAnswer> => {
    const [said, metrics, observed] = await Promise.all([
      node?.ask(limits) ?? silent,
      config.metrics === null ? null : measure(config.metrics, limits),
      observes && !knowsItself ? observers.ask(limits) : null,
    ]);
    knowsItself = said.chain.tag === "known" && said.chain.value.proposed.tag === "known";
    const health = config.rpc === null ? { ready: noRpc, live: noRpc } : await askHealth(config.rpc, limits);
    return putTogether({ node: said, metrics, observed, ...health });
  };

  /** Beside an RPC metrics are a second opinion, which may be missing. */
  const measure = (url: string, limits: AskingLimits): Promise<MetricsSaid | null> =>
    askMetrics(url, exchange, limits).catch((error: Error) => {
      if (node !== null && error instanceof ExchangeError) return null;
      throw error;
    });

  const askHealth = async (rpc: string, limits: AskingLimits) => {
    const ready = await askReadiness(rpc, config, exchange, limits);
    const live = ready.tag === "known" ? known(true) : await askLiveness(rpc, exchange, limits);
    return { ready, live };
  };

  return {
    async ask(signal): Promise<Asked<BesuAnswer>> {
      const limits = limitsFor(config.timeoutMs, signal);
      try {
        return { tag: "answered", answer: await ask(limits) };
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ExchangeError)) throw error;
        const { failure, message: why, mend } = error;
        return { tag: "failed", failure, why, ...(mend === undefined ? {} : { mend }) };
      }
    },
    close() {
      exchange.close();
      for (const { exchange: other } of parts.observers) other.close();
    },
  };
}
