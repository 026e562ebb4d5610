import { besuMetrics } from "./besu-metrics.mjs";
import { listenToOrders } from "./control.mjs";
import { identityOf, madeUpNodeId } from "./identities.mjs";
import { listen } from "./listen.mjs";
import { Orders, readOrder } from "./orders.mjs";
import { rpcListener } from "./rpc-server.mjs";
import { ScriptedChain } from "./scripted-chain.mjs";

/** What a stand-in calls itself: to be read like Besu's own, and no claim to be one. */
export const besuVersion = `besu/v25.12.0-stand-in/${process.platform}-${process.arch}/node-${process.version}`;

/**
 * @typedef {object} NodeOptions
 * @property {number} [identity] 1 to 5: a validator; 6, 7: none. Without: a node id of its own, and no validator.
 * @property {number | null} [rpcPort] 0 (the default): a free one; null: no RPC at all.
 * @property {number | null} [metricsPort] null (the default): none.
 * @property {number | null} [controlPort] null (the default): none.
 * @property {number} [periodMs] of the chain's blocks; 2000.
 * @property {number} [startHeight] 20000. The head of a node alone is fresh at the start and goes on by the clock.
 * @property {number} [peers] of a node alone; 4.
 * @property {readonly string[]} [hosts] `--host-allowlist`
 * @property {readonly string[]} [apis] `--rpc-http-api`
 * @property {{ user: string, password: string } | null} [auth]
 * @property {(say: (line: string) => void) => import("./scripted-chain.mjs").Chain | Promise<import("./scripted-chain.mjs").Chain>} [chain] a part of a real chain in place of one that it plays alone; see join-chain.mjs.
 * @property {number} [p2pPort] said of itself; 30303.
 * @property {(code: number) => void} [onCrash] in place of ending the process.
 * @property {(line: string) => void} [say] its log; nothing without.
 *
 * @typedef {object} StandInNode
 * @property {string | null} rpc its URL; it stays the same while it lives.
 * @property {string | null} metrics
 * @property {string | null} control
 * @property {string} nodeId
 * @property {string | null} address in the validator set; null where it has none.
 * @property {(order: import("./orders.mjs").Order) => Promise<void>} tell
 * @property {() => object} state
 * @property {() => Promise<void>} close
 */

/**
 * Starts a stand-in for a Besu node in this process. Hundreds of them are cheap: nothing ticks unless
 * it logs or is part of a real chain.
 * @param {NodeOptions} [options]
 * @returns {Promise<StandInNode>}
 */
export async function startNode(options = {}) {
  const { identity, rpcPort = 0, metricsPort = null, controlPort = null, p2pPort = 30303 } = options;
  const say = options.say ?? (() => {});
  const known = identity === undefined ? null : identityOf(identity);
  const address = known?.address ?? null;
  const chain = await (options.chain?.(say) ?? aloneWith(options, address));
  const nodeId = known?.nodeId ?? madeUpNodeId(`${rpcPort} ${Math.random()}`);
  const orders = new Orders(options);
  const speaker = { chain, nodeId, chainId: 2018, version: besuVersion, p2pPort };
  const listener = rpcListener(speaker, orders);
  let rpc = rpcPort === null ? null : await listen(listener, rpcPort);
  const url = rpc?.url ?? null;

  /** @param {boolean} wanted */
  async function openRpc(wanted) {
    if (url === null || wanted === (rpc !== null)) return;
    const was = rpc;
    rpc = null;
    await was?.close();
    if (wanted) rpc = await listen(listener, Number(new URL(url).port));
  }

  /** @param {import("./orders.mjs").Order} order */
  async function tell(order) {
    const sound = readOrder(order);
    orders.take(sound);
    chain.tell(sound);
    if (sound.rpc !== undefined) await openRpc(sound.rpc);
    if (sound.crash !== undefined) (options.onCrash ?? process.exit)(sound.crash);
  }

  const metrics =
    metricsPort === null
      ? null
      : await listen((_request, response) => {
          if (orders.hang) return;
          response.setHeader("content-type", "text/plain; version=0.0.4; charset=utf-8");
          response.end(besuMetrics(chain));
        }, metricsPort);
  const state = () => ({ address, ...chain.state() });
  const control = controlPort === null ? null : await listenToOrders(controlPort, { tell, state });
  return {
    rpc: url,
    metrics: metrics === null ? null : `${metrics.url}/metrics`,
    control: control?.url ?? null,
    nodeId,
    address,
    tell,
    state,
    close: async () => {
      await Promise.all([rpc?.close(), metrics?.close(), control?.close(), chain.close()]);
    },
  };
}

/** @param {NodeOptions} options @param {string | null} address */
function aloneWith({ periodMs = 2_000, startHeight = 20_000, peers = 4 }, address) {
  return new ScriptedChain({ periodMs, startHeight, peers, address });
}
