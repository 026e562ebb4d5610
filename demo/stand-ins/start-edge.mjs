import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { listenToOrders } from "./control.mjs";
import { onLines } from "./on-lines.mjs";

/** In the order in which connections get them, as a tunnel is given two places with two machines each. */
const locations = ["fra08", "ams01", "fra16", "ams04"];

/**
 * @typedef {object} EdgeOrder
 * @property {boolean} [reject] refuses every tunnel from now on, as for a secret that is wrong.
 * @property {boolean} [mute] says nothing any more, and keeps the connections: tunnels find out by themselves.
 * @property {number} [most] takes so many connections at once, and cuts those above.
 *
 * @typedef {object} EdgeOptions
 * @property {number} [port] 0 (the default): a free one.
 * @property {number | null} [controlPort] null (the default): none.
 * @property {number} [registerMs] how long a registration takes; 600.
 * @property {number} [beatMs] how often it lets the tunnels hear of it; 2000.
 * @property {(line: string) => void} [say]
 */

/**
 * A stand-in for the network's edge that a tunnel connects to: it registers connections, and is heard
 * of while it lives. Its language is its own, a line of JSON each.
 * @param {EdgeOptions} [options]
 */
export async function startEdge(options = {}) {
  const { port = 0, controlPort = null, registerMs = 600, beatMs = 2_000, say = () => {} } = options;
  /** @type {Map<import("node:net").Socket, string | null>} the location of each, once it is registered */
  const sockets = new Map();
  let [isRejecting, isMute, most] = [false, false, Number.POSITIVE_INFINITY];

  const server = createServer((socket) => {
    if (sockets.size >= most) {
      socket.destroy();
      return;
    }
    sockets.set(socket, null);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      say(`a tunnel's connection is gone, ${sockets.size} are left`);
    });
    onLines(socket, () => void setTimeout(() => register(socket), registerMs));
  });

  /** @param {import("node:net").Socket} socket */
  function register(socket) {
    if (socket.destroyed || isMute) return;
    if (isRejecting) {
      socket.end('{"t":"rejected","why":"Unauthorized: Invalid tunnel secret"}\n');
      return;
    }
    const taken = [...sockets.values()];
    const location = locations.find((each) => !taken.includes(each)) ?? "fra08";
    sockets.set(socket, location);
    socket.write(`${JSON.stringify({ t: "registered", connection: randomUUID(), location })}\n`);
    say(`registered a connection of a tunnel at ${location}`);
  }

  const beat = setInterval(() => {
    for (const [socket, location] of isMute ? [] : sockets)
      if (location !== null) socket.write('{"t":"beat"}\n');
  }, beatMs);

  /** @param {EdgeOrder} order */
  function tell(order) {
    const strange = Object.keys(order).find((key) => !["reject", "mute", "most"].includes(key));
    if (strange !== undefined) throw new TypeError(`"${strange}" is no order; there are reject, mute, most`);
    isRejecting = order.reject ?? isRejecting;
    isMute = order.mute ?? isMute;
    most = order.most ?? most;
    for (const socket of [...sockets.keys()].slice(most)) socket.destroy();
  }

  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", () => resolve(undefined));
  });
  const state = () => ({ connections: sockets.size });
  const control =
    controlPort === null
      ? null
      : await listenToOrders(controlPort, { tell: (order) => tell(/** @type {EdgeOrder} */ (order)), state });
  return {
    port: /** @type {import("node:net").AddressInfo} */ (server.address()).port,
    control: control?.url ?? null,
    tell,
    state,
    /** Cuts every connection and listens no more. */
    close: async () => {
      clearInterval(beat);
      for (const socket of sockets.keys()) socket.destroy();
      await Promise.all([control?.close(), new Promise((resolve) => server.close(resolve))]);
    },
  };
}
