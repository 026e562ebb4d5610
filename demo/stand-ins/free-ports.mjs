import { createServer } from "node:net";

/** Below what systems give to outgoing connections, so that none of those takes a port meanwhile. */
const [first, last] = [20_000, 26_999];

/**
 * Ports of loopback that were free just now, all different, also from those that were given before.
 * @param {number} count
 */
export async function freePorts(count) {
  /** @type {number[]} */
  const ports = [];
  while (ports.length < count) {
    const port = first + Math.floor(Math.random() * (last - first + 1));
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      ports.push(port);
    }
  }
  return ports;
}

/** @type {Set<number>} */
const given = new Set();

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
