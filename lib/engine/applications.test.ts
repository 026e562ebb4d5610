import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { requestCommand } from "@/db/write/request-command";
import type { Fleet } from "../config/fleet";
import { parseFleet } from "../config/parse";
import type { OperatorEvent } from "../machine/types";
import type { Told } from "../probes/contract";
import { Engine } from "./engine";

/** The endpoints of a tunnel as cloudflared serves them; null: it hangs. */
let connections: number | null = 0;
let server: Server;
let test: TestDatabase;
let engine: Engine;
let folder: string;
let fatal: Error | null = null;

const waits = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)`;

function fleetOf(name: string): Fleet {
  const { port } = server.address() as AddressInfo;
  const command = `[${JSON.stringify(process.execPath)}, -e, ${JSON.stringify(waits)}]`;
  const metrics = `metrics: "http://${name}:${port}", every: 100ms, timeout: 400ms, failures: 2`;
  const text = `hosts: { toys: { platform: process } }
services:
  - { host: toys, name: tunnel, kind: cloudflared, command: ${command}, settle: 200ms, cloudflared: { ${metrics} } }`;
  const parsed = parseFleet(text, { file: "test.yaml", baseFolder: os.tmpdir() });
  if (parsed.tag === "invalid") throw new Error(JSON.stringify(parsed.issues));
  return parsed.fleet;
}

beforeAll(async () => {
  server = createServer((request, response) => {
    if (connections === null) return;
    const status = connections > 0 ? 200 : 503;
    if (request.url !== "/ready") return void response.writeHead(404).end();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify({
        status,
        readyConnections: connections,
        connectorId: "24e6754b-d106-42b5-9475-dd431118363c",
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test = await openTestDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-engine-"));
  const settings = { instanceId: `test-${process.pid}`, dataFolder: folder, build: "test", secrets: {} };
  engine = new Engine(test.database, settings, (error) => {
    fatal = error;
  });
  await engine.open(fleetOf("127.0.0.1"));
});
afterAll(async () => {
  await engine.close(4_000);
  await test.close();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true, force: true });
  expect(fatal).toBeNull();
});

interface Row {
  readonly to: string;
  readonly event: string | null;
  readonly source: string;
  readonly declared: boolean;
}

async function rows(): Promise<Row[]> {
  return test.database.sql<Row[]>`
    SELECT to_state AS to, event, source, declared FROM transition ORDER BY seq`;
}

async function told(): Promise<Told | null> {
  const [row] = await test.database.sql<{ application: Told | null }[]>`SELECT application FROM service`;
  return row?.application ?? null;
}

async function until(holds: () => Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (await holds()) return;
    await sleep(50);
  }
  throw new Error(`never: ${what}; ${JSON.stringify([await rows(), await told()])}`);
}

const reaches = (...states: string[]) =>
  until(
    async () =>
      (await rows())
        .slice(-states.length)
        .map(({ to }) => to)
        .join() === states.join(),
    states.join(),
  );

async function order(event: OperatorEvent): Promise<void> {
  const request = {
    host: "toys",
    name: "tunnel",
    event,
    actor: "local operator",
    reason: null,
    expectedSeq: null,
  };
  const answer = await requestCommand(test.database, request);
  if (answer.tag !== "accepted") throw new Error(JSON.stringify(answer));
  await until(async () => {
    const [row] = await test.database.sql<{ status: string }[]>`
      SELECT status FROM command WHERE id = ${answer.command.id}`;
    return row?.status === "proven";
  }, `${event} is proven`);
}

describe("a service whose application speaks for itself", () => {
  it("is Connecting while its process is up and its tunnel has no connection", async () => {
    connections = 0;
    const started = order("start");
    await reaches("Starting", "Connecting");
    await until(async () => (await told())?.application.disagreement != null, "the two truths disagree");
    expect(await told()).toMatchObject({ health: { status: "failing", have: 0, want: 4 } });
    connections = 2;
    await reaches("Connecting", "Connected", "Running");
    await until(async () => (await told())?.health.status === "degraded", "it is degraded");
    expect(await told()).toMatchObject({ health: { have: 2, want: 4 }, application: { disagreement: null } });
    // Nothing proves a start but the state it was for.
    await started;
  });

  it("is Reconnecting at once when it says that its last connection is gone, and comes back", async () => {
    connections = 0;
    await reaches("Running", "Reconnecting");
    connections = 4;
    await reaches("Reconnecting", "Connected", "Running");
    await until(async () => (await told())?.health.status === "ok", "it is well");
  });

  it("does not move when nothing can be learnt; that it is not heard is its health", async () => {
    const before = await rows();
    connections = null;
    await until(async () => (await told())?.health.status === "failing", "it fails");
    expect(await rows()).toEqual(before);
    expect((await told())?.application.disagreement).not.toBeNull();
    connections = 4;
    await until(async () => (await told())?.health.status === "ok", "it is well");
    expect(await rows()).toEqual(before);
  });

  it("goes on from the same state when what it is asked has changed", async () => {
    const before = await rows();
    await engine.reconfigure(fleetOf("localhost"));
    const asked = async () => (await told())?.application.asked ?? "";
    await until(async () => (await asked()).includes("localhost"), "it is asked anew");
    await until(async () => (await told())?.health.status === "ok", "it is well");
    expect(await rows()).toEqual(before);
  });

  it("is stopped as its process is, and then says nothing more", async () => {
    await order("stop");
    await reaches("Stopping", "Stopped");
    await until(async () => (await told()) === null, "nothing is told");
  });

  it("has moved by declared edges only, each from where it was seen", async () => {
    const seen = await rows();
    expect(seen.slice(1).every(({ declared }) => declared)).toBe(true);
    const spoken = ["connecting", "connected", "ready", "connection lost", "reconnected"];
    for (const { event, source } of seen) expect(source === "probe").toBe(spoken.includes(event ?? ""));
  });
});
