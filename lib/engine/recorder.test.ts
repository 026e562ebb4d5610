import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import type { Entry } from "@/db/write/batch";
import { createLogger } from "./logger";
import { Recorder } from "./recorder";

let test: TestDatabase;
let recorder: Recorder;
let serviceId: number;
let committed: number[];

beforeAll(async () => {
  test = await openTestDatabase();
  await test.database.sql`INSERT INTO host (id, platform, epoch) VALUES ('toys', 'process', 1)`;
});
afterAll(() => test.close());
beforeEach(async () => {
  const name = `s${Math.random().toString(36).slice(2)}`;
  const [row] = await test.database.sql<{ id: number }[]>`
    INSERT INTO service (host, name, kind, settings) VALUES ('toys', ${name}, 'service', '{}'::jsonb) RETURNING id`;
  serviceId = row?.id ?? 0;
  committed = [];
  const fail = (error: Error) => {
    throw error;
  };
  recorder = new Recorder(test.database.sql, createLogger("test"), fail, {
    onCommitted: (ms) => committed.push(ms),
  });
});

const push = (entry: Entry) => recorder.push("toys", 1, entry);

function pushDetail(activity: string): void {
  const health = { status: "unknown", detail: "" } as const;
  const detail = { process: { state: "", detail: "" }, health, load: "loaded", activity };
  push({ tag: "detail", serviceId, detail });
}

function pushMove(over = false): void {
  const move = {
    seq: 1,
    from: null,
    to: "Stopped",
    event: null,
    declared: true,
    inferred: false,
    at: 1,
    observedAt: 1,
    bootId: "boot",
    monotonic: 1,
    cause: { kind: "service", detail: "because" },
    evidence: {},
    source: "signal",
    sourceKey: "key",
  } as const;
  push({ tag: "moves", serviceId, moves: [{ move, inFromUs: null, gapUs: 0, commandId: null }], over });
}

async function transactions(): Promise<number> {
  const [row] = await test.database.sql<{ count: number }[]>`
    SELECT count(DISTINCT xmin::text)::int FROM feed WHERE service_id = ${serviceId}`;
  return row?.count ?? 0;
}

async function activity(): Promise<string | undefined> {
  const [row] = await test.database.sql<{ activity: string }[]>`
    SELECT detail->>'activity' AS activity FROM service WHERE id = ${serviceId}`;
  return row?.activity;
}

it("a detail that comes a moment before its move goes into the move's commit", async () => {
  pushDetail("a moment before");
  await setImmediate();
  pushMove();
  expect(await recorder.settled(10_000)).toBe(true);
  expect(await transactions()).toBe(1);
  expect(await activity()).toBe("a moment before");
});

it("details alone are written as well, those that come while others are written too", async () => {
  pushDetail("first");
  pushMove();
  await setImmediate();
  pushDetail("second");
  await expect.poll(activity, { timeout: 10_000 }).toBe("second");
  expect(recorder.waiting).toBe(0);
});

it("nothing waits any more when it is said to be settled", async () => {
  pushDetail("at the end");
  expect(await recorder.settled(10_000)).toBe(true);
  expect(await activity()).toBe("at the end");
});

it("each change that is news is told once it is committed, and how long that took; what is long over is not", async () => {
  pushDetail("no change");
  pushMove(true);
  expect(await recorder.settled(10_000)).toBe(true);
  expect(committed).toEqual([]);
  pushMove();
  expect(committed).toEqual([]);
  expect(await recorder.settled(10_000)).toBe(true);
  expect(committed).toHaveLength(1);
  expect(committed[0]).toBeGreaterThan(0);
});
