import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { idleCommand } from "./testing/stand-ins";
import { TestFleet, until } from "./testing/test-fleet";

/** What a tunnel's /ready says. */
let connections = 4;
let server: Server;
let fleet: TestFleet;

const textOf = (keys: string) => `
hosts: { toys: { platform: process } }
services:
  - { host: toys, name: tunnel, command: ${idleCommand}, autostart: true, settle: 100ms${keys} }
`;
const asTunnel = () => {
  const { port } = server.address() as AddressInfo;
  return textOf(`, kind: cloudflared, cloudflared: { metrics: "http://127.0.0.1:${port}", every: 100ms }`);
};
const asService = textOf("");

async function isTold(): Promise<boolean> {
  const [row] = await fleet.test.database.sql<{ told: boolean }[]>`
    SELECT application IS NOT NULL AS told FROM service`;
  return row?.told === true;
}
const becomesTold = (told: boolean) =>
  until(async () => ((await isTold()) === told ? true : undefined), told ? "it is told" : "nothing is told");

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url !== "/ready") return void response.writeHead(404).end();
    const status = connections > 0 ? 200 : 503;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify({ status, readyConnections: connections }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  fleet = await TestFleet.open(asTunnel());
  await fleet.reaches("toys/tunnel", "Running");
});
afterAll(async () => {
  await fleet?.close();
  server.closeAllConnections();
  server.close();
});

it("a tunnel that is a plain service from now on is what its process is, and says nothing of itself", async () => {
  connections = 0;
  await fleet.reaches("toys/tunnel", "Reconnecting");
  await fleet.reconfigure(asService);
  await fleet.reaches("toys/tunnel", "Running");
  await becomesTold(false);
  const last = (await fleet.history("toys/tunnel")).at(-1);
  expect(last).toMatchObject({ edge: "Reconnecting → Running", event: null, declared: false });
  expect(last?.detail).toBe("its kind is service now, and that knows no Reconnecting");
  await fleet.fate(await fleet.order("toys/tunnel", "stop"));
  expect((await fleet.path("toys/tunnel")).slice(-2)).toEqual(["Stopping", "Stopped"]);
});

it("a service that is a tunnel from now on is asked, and moved by what it says", async () => {
  await fleet.order("toys/tunnel", "start");
  await fleet.reaches("toys/tunnel", "Running");
  await fleet.reconfigure(asTunnel());
  await fleet.reaches("toys/tunnel", "Reconnecting");
  connections = 4;
  await fleet.reaches("toys/tunnel", "Running");
  await becomesTold(true);
});

it("what was stored of one that nobody speaks for any more is forgotten, also where that changed while nothing ran", async () => {
  const { sql } = fleet.test.database;
  const [said] = await sql<{ application: object }[]>`SELECT application FROM service`;
  expect(said?.application).not.toBeNull();
  await fleet.stop();
  // As a kill leaves it: what it said last is still stored.
  await sql`UPDATE service SET application = ${JSON.stringify(said?.application)}::text::jsonb`;
  await fleet.start(asService);
  await becomesTold(false);
});
