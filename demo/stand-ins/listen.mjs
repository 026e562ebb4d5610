import { createServer } from "node:http";

/**
 * An HTTP server on loopback.
 * @param {import("node:http").RequestListener} listener
 * @param {number} port 0: a free one.
 * @returns {Promise<{ readonly port: number, readonly url: string, close(): Promise<void> }>} `close` cuts what is open.
 */
export async function listen(listener, port) {
  const server = createServer({ keepAliveTimeout: 60_000 }, listener);
  server.on("clientError", (_error, socket) => socket.destroy());
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen({ port, host: "127.0.0.1" }, () => resolve(undefined));
  });
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    port: address.port,
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
