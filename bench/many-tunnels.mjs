import { createServer } from "node:http";
import { createInterface } from "node:readline";

/**
 * Many endpoints of cloudflared's /ready in one process, to be asked in bulk: a stand-in, and no more of
 * one than the bench needs. Each has a port of its own; their ports are the first line on standard output.
 * `{"tunnel": n, "connections": c}` on standard input changes one (null: it takes questions and never
 * answers); `{"intervals": true}` asks for the spans in ms between the questions to each that answers.
 * When one says something else than before, the instant is told once the answer has left.
 */

const count = Number(process.argv[2]);
const instantMs = () => performance.timeOrigin + performance.now();
const tell = (/** @type {object} */ said) => process.stdout.write(`${JSON.stringify(said)}\n`);

/** @type {{ connections: number | null, said: number | null, askedAt: number, intervals: number[] }[]} */
const tunnels = Array.from({ length: count }, () => ({
  connections: 4,
  said: null,
  askedAt: 0,
  intervals: [],
}));

const ports = await Promise.all(
  tunnels.map(async (tunnel, number) => {
    const server = createServer((request, response) => {
      if (request.url !== "/ready") return void response.writeHead(404).end();
      const at = instantMs();
      if (tunnel.askedAt > 0) tunnel.intervals.push(at - tunnel.askedAt);
      tunnel.askedAt = at;
      const { connections } = tunnel;
      if (connections === null) return;
      const status = connections > 0 ? 200 : 503;
      const connectorId = "24e6754b-d106-42b5-9475-dd431118363c";
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ status, readyConnections: connections, connectorId }), () => {
        if (tunnel.said !== null && tunnel.said !== connections)
          tell({ tunnel: number, said: connections, at: instantMs() });
        tunnel.said = connections;
      });
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
  }),
);
tell({ ports });

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  const tunnel = tunnels[order.tunnel];
  if (tunnel) tunnel.connections = order.connections;
  if (order.intervals) {
    tell({
      intervals: tunnels
        .filter(({ connections }) => connections !== null)
        .flatMap(({ intervals }) => intervals),
    });
    for (const each of tunnels) each.intervals = [];
  }
}
process.exit();
