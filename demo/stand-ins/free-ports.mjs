import { createServer } from "node:net";

/**
 * Ports of loopback that were free just now, all different.
 * @param {number} count
 */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          server.listen(0, "127.0.0.1", () => {
            resolve(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
          });
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return /** @type {number[]} */ (ports);
}
