import { randomInt } from "node:crypto";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { onLines } from "./on-lines.mjs";

const silence = "timeout: no recent network activity";

/**
 * @typedef {object} Timing
 * @property {number} idleMs so long after the edge was last heard of, a connection counts as lost; also how long one attempt to dial takes. 5000.
 * @property {number} backOffMs the first wait before it is tried again, "up to"; doubled each time. 1000.
 * @property {number} mostBackOffMs 16000
 *
 * @typedef {object} EdgeConnectionOptions
 * @property {number} index 0 to 3
 * @property {string} ip the address of the edge that it shows
 * @property {number} port where the edge really is
 * @property {Timing} timing
 * @property {(level: "INF" | "WRN" | "ERR", line: string) => void} log
 * @property {() => void} changed it was registered or lost
 * @property {(why: string) => void} rejected
 * @property {AbortSignal} signal
 */

/** One of a tunnel's four connections: dials, registers, is lost, and dials again with back-off. */
export class EdgeConnection {
  /**
   * Where it leads, while it is registered.
   * @type {string | null}
   */
  location = null;
  #options;

  /** @param {EdgeConnectionOptions} options */
  constructor(options) {
    this.#options = options;
  }

  get index() {
    return this.#options.index;
  }

  get ip() {
    return this.#options.ip;
  }

  /** Until the tunnel ends. */
  async run() {
    const { log, index, ip, timing, signal } = this.#options;
    const where = `connIndex=${index} event=0 ip=${ip}`;
    for (let failures = 0; !signal.aborted; failures += 1) {
      log("INF", `Using [X25519 CurveP256] as curve preferences ${where}`);
      const socket = await this.#dial();
      if (signal.aborted) break;
      if (socket === null) {
        log(
          "ERR",
          `Failed to dial a quic connection error="failed to dial to edge with quic: ${silence}" ${where}`,
        );
      } else if (await this.#serve(socket)) {
        failures = 0;
        const error = `error="failed to accept QUIC stream: ${silence}"`;
        log("WRN", `Failed to serve tunnel connection ${error} ${where}`);
        log("WRN", `Serve tunnel error ${error} ${where}`);
      }
      if (signal.aborted) break;
      const upToMs = Math.min(timing.backOffMs * 2 ** failures, timing.mostBackOffMs);
      log("INF", `Retrying connection in up to ${Math.ceil(upToMs / 1000)}s ${where}`);
      await sleep(randomInt(Math.max(2, upToMs)), undefined, { signal }).catch(() => {});
    }
    if (this.location !== null) log("INF", `Unregistered tunnel connection ${where}`);
  }

  /** Tries for as long as QUIC would wait for a word. */
  async #dial() {
    const { port, timing, signal } = this.#options;
    const until = Date.now() + timing.idleMs;
    while (!signal.aborted && Date.now() < until) {
      const socket = await open(port);
      if (socket !== null) return socket;
      await sleep(Math.min(500, timing.idleMs / 4), undefined, { signal }).catch(() => {});
    }
    return null;
  }

  /**
   * Until the edge is not heard of any more: a connection that is cut says nothing of it, as with QUIC.
   * @param {import("node:net").Socket} socket
   * @returns {Promise<boolean>} whether it had been registered.
   */
  async #serve(socket) {
    const { log, index, ip, timing, changed, rejected, signal } = this.#options;
    const lost = new AbortController();
    const idle = setTimeout(() => lost.abort(), timing.idleMs);
    const isLost = new Promise((resolve) => {
      lost.signal.addEventListener("abort", resolve, { once: true });
      signal.addEventListener("abort", resolve, { once: true, signal: lost.signal });
      onLines(socket, (message) => {
        idle.refresh();
        if (message.t === "rejected") rejected(message.why);
        if (message.t !== "registered") return;
        this.location = message.location;
        const what = `connection=${message.connection} event=0 ip=${ip} location=${message.location} protocol=quic`;
        log("INF", `Registered tunnel connection connIndex=${index} ${what}`);
        changed();
      });
      socket.write(`${JSON.stringify({ t: "register", index })}\n`);
    });
    await isLost;
    clearTimeout(idle);
    lost.abort();
    socket.destroy();
    if (signal.aborted) return false;
    const wasRegistered = this.location !== null;
    this.location = null;
    if (wasRegistered) changed();
    return wasRegistered;
  }
}

/** @param {number} port @returns {Promise<import("node:net").Socket | null>} */
function open(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.on("error", () => resolve(null));
  });
}
