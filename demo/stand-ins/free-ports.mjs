import { createServer } from "node:net";

/** Below what systems give to outgoing connections, so that none of those takes a port meanwhile. */
const firstPort = 20_000;
/** Test workers side by side take theirs from different blocks. */
const blockSize = 1_000;
const blocks = 7;
const mostTries = 5_000;

/** @type {Set<number>} */
const given = new Set();

/**
 * Ports of loopback that were free just now, all different, also from those that were given before.
 * @param {number} count @throws {Error} when there are not so many.
 */
export async function freePorts(count) {
  const first = firstPort + (Number(process.env.VITEST_POOL_ID ?? 0) % blocks) * blockSize;
  /** @type {number[]} */
  const ports = [];
  for (let tries = 0; ports.length < count; tries += 1) {
    if (tries === mostTries) throw new Error(`no ${count} free ports from ${first} on`);
    const port = first + Math.floor(Math.random() * blockSize);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}

/** @param {number} port @returns {Promise<boolean>} */
function isFree(port) {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
