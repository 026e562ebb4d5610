import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { listenToOrders } from "./control.mjs";
import { EdgeConnection } from "./edge-connection.mjs";
import { listen } from "./listen.mjs";
import { tunnelAnswers, tunnelVersion } from "./tunnel-answers.mjs";

/**
 * @typedef {object} TunnelOrder
 * @property {boolean} [hang] takes questions at the metrics port and never answers.
 * @property {{ path: string, status?: number, body: string } | null} [answer] answers a path with whatever is given; null: no path any more.
 * @property {boolean} [metrics] false: nobody listens at the metrics port; true: it listens again, at the same port.
 * @property {number} [crash] ends its process at once with this exit code.
 *
 * @typedef {object} TunnelOptions
 * @property {number} edgePort where the edge listens
 * @property {number} [metricsPort] 0 (the default): a free one.
 * @property {number | null} [controlPort] null (the default): none.
 * @property {Partial<import("./edge-connection.mjs").Timing>} [timing]
 * @property {number} [betweenMs] between the first attempts of two connections; 200.
 * @property {(line: string) => void} [say] its log
 * @property {(code: number) => void} [onExit] in place of ending the process: the edge refused the tunnel, or it was told to crash.
 */

const tunnelId = "2f0e1d3c-5b6a-4788-9900-aabbccddeeff";

/**
 * A stand-in for cloudflared: four real connections to the edge's stand-in, and its metrics port.
 * @param {TunnelOptions} options
 */
export async function startTunnel(options) {
  const { edgePort, metricsPort = 0, controlPort = null, betweenMs = 200, say = () => {} } = options;
  const timing = { idleMs: 5_000, backOffMs: 1_000, mostBackOffMs: 16_000, ...options.timing };
  const onExit = options.onExit ?? process.exit;
  const ending = new AbortController();
  const connectorId = randomUUID();
  /** @type {EdgeConnection[]} */
  const connections = [];
  /** @type {Map<string, { status?: number, body: string }>} */
  const answers = new Map();
  let [isHanging, isNotified, registrations] = [false, false, 0];

  /** @param {"INF" | "WRN" | "ERR"} level @param {string} line */
  const log = (level, line) => say(`${new Date().toISOString().slice(0, 19)}Z ${level} ${line}`);

  log("INF", "This is a stand-in: there is no cloudflared in it");
  log("INF", `Starting tunnel tunnelID=${tunnelId}`);
  log("INF", `Version ${tunnelVersion}`);
  log("INF", `Generated Connector ID: ${connectorId}`);
  log("INF", "Initial protocol quic");

  /** @type {import("node:http").RequestListener} */
  const listener = (request, response) => {
    if (isHanging) return;
    const { pathname } = new URL(request.url ?? "/", "http://stand-in");
    const picture = {
      connectorId,
      tunnelId,
      address,
      attempts: connections.length,
      registrations,
      connections,
    };
    const answer = answers.get(pathname) ?? tunnelAnswers[pathname]?.(picture);
    const { status = 200, body = "404 page not found\n", type = undefined } = { type: undefined, ...answer };
    response.writeHead(answer === undefined ? 404 : status, {
      "content-type": type ?? "text/plain; charset=utf-8",
    });
    response.end(body);
  };
  /** @type {Awaited<ReturnType<typeof listen>> | null} */
  let server = await listen(listener, metricsPort);
  const { url } = server;
  const address = url.slice("http://".length);
  log("INF", `Starting metrics server on ${address}/metrics`);

  /** @param {number} index */
  function connection(index) {
    const made = new EdgeConnection({
      index,
      ip: `127.0.0.${index + 1}`,
      port: edgePort,
      timing,
      log,
      changed: () => {
        if (made.location === null) return;
        registrations += 1;
        if (!isNotified) notifyReady();
        isNotified = true;
        isFirstThere();
      },
      rejected: (why) => {
        log(
          "ERR",
          `Register tunnel error from server side error="${why}" connIndex=${index} event=0 ip=${made.ip}`,
        );
        void end().then(() => onExit(1));
      },
      signal: ending.signal,
    });
    connections.push(made);
    return made.run();
  }

  /** @type {() => void} */
  let isFirstThere = () => {};
  /** The first goes alone; the others follow once it stands. */
  async function connectAll() {
    const first = new Promise((resolve) => {
      isFirstThere = () => resolve(undefined);
    });
    const runs = [connection(0)];
    ending.signal.addEventListener("abort", () => isFirstThere(), { once: true });
    await first;
    for (let index = 1; index < 4 && !ending.signal.aborted; index += 1) {
      runs.push(connection(index));
      await sleep(600 + betweenMs, undefined, { signal: ending.signal }).catch(() => {});
    }
    await Promise.all(runs);
  }
  const done = connectAll();

  /** @param {TunnelOrder} order */
  async function tell(order) {
    const known = ["hang", "answer", "metrics", "crash"];
    const strange = Object.keys(order).find((key) => !known.includes(key));
    if (strange !== undefined) throw new TypeError(`"${strange}" is no order; there are ${known.join(", ")}`);
    const { hang, answer, metrics, crash } = order;
    isHanging = hang ?? isHanging;
    if (answer === null) answers.clear();
    else if (answer !== undefined) answers.set(answer.path, answer);
    if (metrics === false) {
      const was = server;
      server = null;
      await was?.close();
    } else if (metrics === true) server ??= await listen(listener, Number(new URL(url).port));
    if (crash !== undefined) onExit(crash);
  }

  async function close() {
    if (!ending.signal.aborted) log("INF", "Initiating graceful shutdown due to signal terminated ...");
    await end();
  }

  async function end() {
    if (ending.signal.aborted) return;
    ending.abort();
    await done;
    log("INF", "Tunnel server stopped");
    await Promise.all([server?.close(), control?.close()]);
    log("INF", "Metrics server stopped");
  }

  const state = () => ({ ready: connections.filter(({ location }) => location !== null).length });
  const control =
    controlPort === null
      ? null
      : await listenToOrders(controlPort, {
          tell: (order) => tell(/** @type {TunnelOrder} */ (order)),
          state,
        });
  return { metrics: url, control: control?.url ?? null, connectorId, tell, state, close };
}

/**
 * Tells systemd, where it is asked for: Node cannot write to a unix datagram socket by itself. In the
 * unit `NotifyAccess=all` is needed, for it is another process that says it.
 */
function notifyReady() {
  if (!process.env.NOTIFY_SOCKET) return;
  execFile("systemd-notify", ["--ready"], (error) => {
    if (error) process.stderr.write(`systemd-notify: ${error.message}\n`);
  });
}
