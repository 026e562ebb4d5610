import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { freePorts } from "./free-ports.mjs";
import { identityOf } from "./identities.mjs";

const program = fileURLToPath(new URL("./besu-node.mjs", import.meta.url));

/**
 * @typedef {object} ChainOptions
 * @property {number} [validators] how many of the five run; 5.
 * @property {number} [observers] nodes beside them that only follow, at most 2; 0.
 * @property {number} [periodMs] 500
 * @property {number} [readyBlocks] 100
 * @property {number} [syncLast] 20
 * @property {number} [syncPerSecond] 200
 * @property {number} [foundAfterMs] 300
 *
 * @typedef {object} ChainNode
 * @property {string} name validator-1 … validator-5, observer-1, observer-2
 * @property {string} address
 * @property {string} rpc
 * @property {string} metrics
 * @property {readonly string[]} lines its log
 * @property {number | null} pid null: it does not run.
 * @property {() => Promise<void>} start starts it (again), and waits until it listens.
 * @property {(signal?: NodeJS.Signals) => Promise<void>} stop ends it, with SIGTERM unless told.
 * @property {(order: import("./orders.mjs").Order) => Promise<object>} tell resolves to its state.
 * @property {() => Promise<any>} state
 */

/**
 * A chain of the five validators, each a process of its own on free ports.
 * @param {ChainOptions} [options]
 * @returns {Promise<{ nodes: readonly ChainNode[], close(): Promise<void> }>}
 */
export async function startChain(options = {}) {
  const { validators = 5, observers = 0 } = options;
  const identities = [1, 2, 3, 4, 5].slice(0, validators).concat([6, 7].slice(0, observers));
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options, identities);
    } catch (error) {
      // A port that was free may have been taken by another program by the time its node listens.
      if (attempt === 3) throw error;
    }
  }
}

/** @param {ChainOptions} options @param {readonly number[]} identities */
async function startOnce(options, identities) {
  const ports = await freePorts(identities.length * 4);
  const peers = identities.map((_, n) => ports[n * 4]);
  const nodes = identities.map((identity, n) =>
    makeNode(options, identity, ports.slice(n * 4, n * 4 + 4), peers),
  );
  const chain = { nodes, close: async () => void (await Promise.all(nodes.map((node) => node.stop()))) };
  try {
    await Promise.all(nodes.map((node) => node.start()));
  } catch (error) {
    await chain.close();
    throw error;
  }
  return chain;
}

/**
 * @param {ChainOptions} options @param {number} identity
 * @param {readonly number[]} ports @param {readonly (number | undefined)[]} peers
 * @returns {ChainNode}
 */
function makeNode(options, identity, [p2p, rpc, metrics, control], peers) {
  const {
    periodMs = 500,
    readyBlocks = 100,
    syncLast = 20,
    syncPerSecond = 200,
    foundAfterMs = 300,
  } = options;
  const flags = {
    identity,
    "p2p-port": p2p,
    peers: peers.join(","),
    "rpc-http-port": rpc,
    "metrics-port": metrics,
    "control-port": control,
    "block-period-ms": periodMs,
    "ready-blocks": readyBlocks,
    "sync-last": syncLast,
    "sync-per-second": syncPerSecond,
    "found-after-ms": foundAfterMs,
  };
  const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
  /** @type {string[]} */
  const lines = [];
  /** @type {import("node:child_process").ChildProcess | null} */
  let child = null;
  const address = `http://127.0.0.1:${control}`;
  return {
    name: identity <= 5 ? `validator-${identity}` : `observer-${identity - 5}`,
    address: identityOf(identity).address,
    rpc: `http://127.0.0.1:${rpc}`,
    metrics: `http://127.0.0.1:${metrics}/metrics`,
    lines,
    get pid() {
      return child?.pid ?? null;
    },
    start: async () => {
      const started = spawn(process.execPath, ["--max-old-space-size=32", program, ...args], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      child = started;
      started.once("exit", () => {
        if (child === started) child = null;
      });
      await new Promise((resolve, reject) => {
        started.once("exit", (code) => reject(new Error(`the node ended with ${code}`)));
        createInterface({ input: started.stdout }).on("line", (line) => {
          lines.push(line);
          if (line.endsWith("Ethereum main loop is up.")) resolve(undefined);
        });
      });
    },
    stop: async (signal = "SIGTERM") => {
      if (child === null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
    tell: (order) => {
      const headers = { "content-type": "application/json" };
      return ask(`${address}/tell`, { method: "POST", headers, body: JSON.stringify(order) });
    },
    state: () => ask(`${address}/state`),
  };
}

/** @param {string} url @param {RequestInit} [options] */
async function ask(url, options) {
  const answer = await fetch(url, options);
  const body = /** @type {any} */ (await answer.json());
  if (!answer.ok) throw new TypeError(body.message);
  return body;
}
