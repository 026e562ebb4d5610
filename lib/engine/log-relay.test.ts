import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { logChunk } from "@/db/wish-schema";
import {
  closeLogRequest,
  openLogRequest,
  type TakenChunk,
  takeLogChunks,
  type WantedLog,
} from "@/db/write/log-requests";
import { now } from "../clock";
import type { Platform } from "../platforms/contract";
import type { LogLine } from "../wire/service";
import type { Watched } from "./commander";
import { LogRelay } from "./log-relay";
import { createLogger } from "./logger";

let store: TestDatabase;
const relays: LogRelay[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(async () => {
  for (const relay of relays) relay.close();
  await store.close();
});

const lineOf = (text: string): LogLine => ({ at: null, priority: null, text, stream: "stdout" });

/** A relay for one service, whose platform writes its log as the test says. */
async function ask(
  follow: boolean,
  log: Partial<Pick<Platform, "logs" | "followLogs">>,
  wanted: Partial<WantedLog> = {},
): Promise<string> {
  const watched = { track: { id: "toys/echo", name: "echo" }, platform: log } as unknown as Watched;
  const relay = new LogRelay(store.database, () => watched, createLogger("test"));
  relays.push(relay);
  const id = randomUUID();
  const expiresAt = now().at + 60_000_000;
  const all = { lines: 1_000, grep: null, priority: null, around: null };
  await openLogRequest(store.database, { id, serviceId: 1, ...all, ...wanted, follow, expiresAt });
  await relay.wake();
  return id;
}

/** Takes chunks until `isEnough`. */
async function takeUntil(id: string, isEnough: (taken: readonly TakenChunk[]) => boolean) {
  const taken: TakenChunk[] = [];
  while (!isEnough(taken)) {
    taken.push(...(await takeLogChunks(store.database.db, id)));
    await sleep(5);
  }
  return taken.flatMap(({ lines }) => lines.map(({ text }) => text));
}

const isWhole = (taken: readonly TakenChunk[]) => taken.at(-1)?.ended === "";

test("a log that was asked for comes whole and in order, however large it is", async () => {
  const lines = Array.from({ length: 1_000 }, (_, at) => lineOf(`${at} ${"x".repeat(5_000)}`));
  const id = await ask(false, { logs: async () => lines });
  expect(await takeUntil(id, isWhole)).toEqual(lines.map(({ text }) => text));
});

test("the platform is asked for what was wanted: how urgent, and around which instant", async () => {
  const asked: unknown[] = [];
  const logs: Platform["logs"] = async (_service, query) => {
    asked.push(query);
    return [];
  };
  const around = 1_795_000_000_123_456;
  await takeUntil(await ask(false, { logs }, { lines: 7, grep: "a", priority: 3, around }), isWhole);
  expect(asked).toEqual([{ lines: 7, grep: "a", priority: 3, around }]);
});

test("an empty log is answered as well", async () => {
  expect(await takeUntil(await ask(false, { logs: async () => [] }), isWhole)).toEqual([]);
});

test("followed lines come in the order in which they were written, none twice", async () => {
  const written = Array.from({ length: 3_000 }, (_, at) => `${at} ${"x".repeat(at % 300)}`);
  const id = await ask(true, {
    followLogs: async (_service, _query, _signal, onLine) => {
      for (const [at, text] of written.entries()) {
        onLine(lineOf(text));
        if (at % 100 === 0) await sleep(5);
      }
    },
  });
  const isThrough = (taken: readonly TakenChunk[]) =>
    taken.reduce((sum, { lines }) => sum + lines.length, 0) >= written.length;
  expect(await takeUntil(id, isThrough)).toEqual(written);
});

test("a reader that stalls holds about two megabytes up, and is told what it missed", async () => {
  const count = 20_000;
  const done = new AbortController();
  const id = await ask(true, {
    followLogs: async (_service, _query, signal, onLine) => {
      for (let at = 0; at < count; at++) {
        onLine(lineOf(`${at} ${"x".repeat(500)}`));
        if (at % 500 === 0) await sleep(5);
      }
      done.abort();
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    },
  });
  while (!done.signal.aborted) await sleep(20);
  const waiting = await store.database.db.select().from(logChunk);
  expect(waiting.length).toBeLessThanOrEqual(16);
  for (const { lines } of waiting) expect(JSON.stringify(lines).length).toBeLessThan(130_000);
  const texts = await takeUntil(id, (taken) =>
    Boolean(
      taken
        .at(-1)
        ?.lines.at(-1)
        ?.text.startsWith(`${count - 1} `),
    ),
  );
  const gaps = texts.filter((text) => text.startsWith("…"));
  const missed = gaps.reduce((sum, text) => sum + Number(/\d+/.exec(text)?.[0]), 0);
  expect(missed).toBeGreaterThan(0);
  expect(missed + texts.length - gaps.length).toBe(count);
  const numbers = texts.flatMap((text) => (text.startsWith("…") ? [] : [Number.parseInt(text, 10)]));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  await closeLogRequest(store.database, id);
});

test("chunks are taken a few at a time, the oldest first", async () => {
  const requestId = randomUUID();
  const rows = Array.from({ length: 120 }, (_, at) => ({
    requestId,
    lines: [lineOf(String(at))],
    ended: null,
  }));
  await store.database.db.insert(logChunk).values(rows);
  const sizes: number[] = [];
  const texts = await takeUntil(requestId, (taken) => {
    sizes.push(taken.length);
    return taken.length === 120;
  });
  expect(sizes).toEqual([0, 50, 100, 120]);
  expect(texts).toEqual(rows.map((_, at) => String(at)));
});
