import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recomputeSums } from "@/db/recompute-sums";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { requestCommand } from "@/db/write/request-command";
import type { Fleet } from "../config/fleet";
import { parseFleet } from "../config/parse";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import type { OperatorEvent } from "../machine/types";
import { Engine } from "./engine";

const node = JSON.stringify(process.execPath);
const run = (code: string) => `[${node}, -e, ${JSON.stringify(code)}]`;
const waits = "setInterval(() => {}, 1000)";
const endsWell = `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 150)); ${waits}`;
const deaf = `process.on('SIGTERM', () => {}); ${waits}`;

function fleetOf(services: string): Fleet {
  const text = `hosts: { toys: { platform: process } }\nservices:\n${services}`;
  const parsed = parseFleet(text, { file: "test.yaml", baseFolder: os.tmpdir() });
  if (parsed.tag === "invalid") throw new Error(JSON.stringify(parsed.issues));
  return parsed.fleet;
}

const fleet = fleetOf(`
  - { host: toys, name: good, command: ${run(endsWell)}, settle: 100ms }
  - { host: toys, name: deaf, command: ${run(deaf)}, settle: 2s, stopTimeout: 300ms }
  - { host: toys, name: broken, command: ${run("process.exit(4)")}, settle: 2s }
  - { host: toys, name: falls, command: ${run("setTimeout(() => process.exit(5), 600)")}, settle: 100ms }
  - { host: toys, name: leaves, command: ${run("setTimeout(() => process.exit(0), 600)")}, settle: 100ms }
  - { host: toys, name: once, command: ${run("setTimeout(() => process.exit(0), 200)")}, oneshot: true }
  - { host: toys, name: slow, command: ${run(endsWell)}, settle: 60s }
`);

let test: TestDatabase;
let engine: Engine;
let folder: string;
let fatal: Error | null = null;

function newEngine(): Engine {
  return new Engine(
    test.database,
    { instanceId: `test-${process.pid}`, dataFolder: folder, build: "test", secrets: {} },
    (error) => {
      fatal = error;
    },
  );
}

beforeAll(async () => {
  test = await openTestDatabase();
  folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-engine-"));
  engine = newEngine();
  await engine.open(fleet);
});
afterAll(async () => {
  await engine.close(4_000);
  await test.close();
  rmSync(folder, { recursive: true, force: true });
  expect(fatal).toBeNull();
});

interface Row {
  readonly seq: number;
  readonly edge: string;
  readonly event: string | null;
  readonly declared: boolean;
  readonly kind: string;
  readonly actor: string | null;
  readonly detail: string;
  readonly command_id: string | null;
}

async function historyOf(name: string): Promise<Row[]> {
  return test.database.sql<Row[]>`
    SELECT t.seq, coalesce(t.from_state, '') || ' → ' || t.to_state AS edge, t.event, t.declared, t.command_id,
      a.kind, a.actor, a.detail
    FROM transition t JOIN service s ON s.id = t.service_id JOIN attribution a ON a.transition_id = t.id
    WHERE s.name = ${name} ORDER BY t.seq`;
}

async function until<T>(read: () => Promise<T | undefined>, what: string): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await read();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`never: ${what}`);
}

const stateOf = async (name: string) => (await historyOf(name)).at(-1)?.edge.split(" → ")[1];
const reaches = (name: string, state: string) =>
  until(async () => ((await stateOf(name)) === state ? true : undefined), `${name} is ${state}`);

async function order(name: string, event: OperatorEvent): Promise<string> {
  const request = { host: "toys", name, event, actor: "local operator", reason: null, expectedSeq: null };
  const answer = await requestCommand(test.database, request);
  if (answer.tag !== "accepted") throw new Error(JSON.stringify(answer));
  return answer.command.id;
}

async function fate(id: string): Promise<{ status: string; detail: string }> {
  return until(async () => {
    const [row] = await test.database.sql<{ status: string; detail: string; settled: boolean }[]>`
      SELECT status, detail, settled_at IS NOT NULL AS settled FROM command WHERE id = ${id}`;
    return row?.settled ? row : undefined;
  }, "the command is settled");
}

const specified = machineOfKind("service")?.transitions.filter(({ origin }) => origin === "specified") ?? [];

describe("on real processes", () => {
  it("each of the specification's transitions happens, with its cause", async () => {
    const started = await order("good", "start");
    await reaches("good", "Running");
    await order("good", "restart");
    await until(async () => ((await historyOf("good")).length >= 6 ? true : undefined), "good restarted");
    await reaches("good", "Running");
    await order("good", "stop");
    await reaches("good", "Stopped");
    await order("deaf", "start");
    await reaches("deaf", "Running");
    const stop = await order("deaf", "stop");
    await reaches("deaf", "Error");
    await order("deaf", "reset");
    await reaches("deaf", "Stopped");
    const broken = await order("broken", "start");
    await reaches("broken", "Error");
    await order("broken", "restart");
    await until(
      async () => ((await historyOf("broken")).length >= 5 ? true : undefined),
      "broken tried again",
    );
    await order("falls", "start");
    await reaches("falls", "Error");

    const rows = (await Promise.all(["good", "deaf", "broken", "falls"].map(historyOf))).flat();
    for (const { from, to, event } of specified) {
      const found = rows.find((row) => row.edge === `${from} → ${to}` && row.event === event);
      expect(found, `${from} → ${to}: ${event}`).toMatchObject({ declared: true });
      expect(found?.detail).not.toBe("");
    }
    const [, start] = await historyOf("good");
    expect(start).toMatchObject({ kind: "operator", actor: "local operator", command_id: started });
    expect((await historyOf("falls")).at(-1)).toMatchObject({
      kind: "service",
      detail: "exited with code 5",
    });
    expect((await fate(stop)).status).toBe("failed");
    expect((await fate(broken)).status).toBe("failed");
  });

  it("a clean end by itself, a one-shot and a stop during the start are recorded as what they are", async () => {
    await order("leaves", "start");
    const once = await order("once", "start");
    await until(
      async () => ((await historyOf("leaves")).at(-1)?.event === "exited" ? true : undefined),
      "exited",
    );
    expect((await historyOf("leaves")).at(-1)).toMatchObject({ edge: "Running → Stopped", declared: true });
    await until(
      async () => ((await historyOf("once")).at(-1)?.event === "finished" ? true : undefined),
      "finished",
    );
    expect((await fate(once)).status).toBe("proven");
  });

  it("a start that takes too long can be called off by a stop, and each command is told its own fate", async () => {
    const start = await order("slow", "start");
    await reaches("slow", "Starting");
    const stop = {
      host: "toys",
      name: "slow",
      event: "stop",
      actor: "second",
      reason: null,
      expectedSeq: null,
    } as const;
    const refused = await requestCommand(test.database, stop);
    expect(refused).toMatchObject({ tag: "refused", code: "busy", override: "busy" });
    const taken = await requestCommand(test.database, { ...stop, override: "busy" });
    if (taken.tag !== "accepted") throw new Error(JSON.stringify(taken));
    await reaches("slow", "Stopped");
    expect(await fate(start)).toMatchObject({ status: "failed", detail: "Called off by second's stop." });
    expect((await fate(taken.command.id)).status).toBe("proven");
    const stopping = (await historyOf("slow")).find(({ edge }) => edge === "Starting → Stopping");
    expect(stopping).toMatchObject({ event: "stop", declared: true, kind: "operator", actor: "second" });
  });

  it("history of every service is one chain, each from the one before", async () => {
    const chains = await test.database.sql<{ broken: number }[]>`
      SELECT count(*)::int AS broken FROM (
        SELECT seq, from_state, lag(to_state) OVER w AS before, row_number() OVER w AS place
        FROM transition WINDOW w AS (PARTITION BY service_id ORDER BY seq)) c
      WHERE seq <> place OR from_state IS DISTINCT FROM before`;
    expect(chains[0]?.broken).toBe(0);
  });
});

describe("a new engine after an orderly end", () => {
  it("goes on where history stands, with the time between as a gap, and starts what was up", async () => {
    await order("good", "start");
    await reaches("good", "Running");
    const unfinished = await order("slow", "start");
    await reaches("slow", "Starting");
    await engine.close(4_000);
    expect((await fate(unfinished)).status).toBe("failed");
    expect(await stateOf("good")).toBe("Stopped");
    engine = newEngine();
    await engine.open(fleet);
    await reaches("good", "Running");
    const gaps = await test.database.sql<{ reason: string; long: boolean }[]>`
      SELECT reason, to_at > from_at AS long FROM gap ORDER BY id`;
    expect(gaps).toEqual([{ reason: "Signalbox was ended.", long: true }]);
    const resumed = (await historyOf("good")).findLast(({ edge }) => edge === "Stopped → Starting");
    expect(resumed?.kind).toBe("service-manager");
  });
});

describe("a changed configuration", () => {
  it("adds what is new and ends what is gone, and the history of both stays", async () => {
    await engine.reconfigure(
      fleetOf(`  - { host: toys, name: fresh, command: ${run(endsWell)}, settle: 100ms }`),
    );
    await reaches("fresh", "Stopped");
    await order("fresh", "start");
    await reaches("fresh", "Running");
    await reaches("good", "Stopped");
    const gone = {
      host: "toys",
      name: "good",
      event: "start",
      actor: "x",
      reason: null,
      expectedSeq: null,
    } as const;
    expect((await requestCommand(test.database, gone)).tag).toBe("unknown-service");
    expect((await historyOf("good")).length).toBeGreaterThan(5);
  });
});

describe("what all of this came to", () => {
  it("is in the sums to the millisecond, across commands, crashes, a restart and a changed configuration", async () => {
    const { sql } = test.database;
    const readSums = async () => ({
      days: [...(await sql`SELECT * FROM stay_day ORDER BY service_id, day, state`)],
      totals: [...(await sql`SELECT * FROM stay_total ORDER BY service_id, state`)],
      moves: [...(await sql`SELECT * FROM move_count ORDER BY service_id, from_state, to_state, cause`)],
    });
    await engine.close(4_000);
    const kept = await readSums();
    expect(kept.days.length).toBeGreaterThan(10);
    await recomputeSums(sql);
    expect(await readSums()).toEqual(kept);
    engine = newEngine();
    await engine.open(fleet);
  });
});
