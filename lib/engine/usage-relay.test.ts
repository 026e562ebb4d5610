import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { readUsage, wantUsage } from "@/db/write/usage-watch";
import { now } from "../clock";
import type { Platform } from "../platforms/contract";
import type { Watched } from "./commander";
import { createLogger } from "./logger";
import { UsageRelay } from "./usage-relay";

let store: TestDatabase;
const relays: UsageRelay[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(async () => {
  for (const relay of relays) relay.close();
  await store.close();
});

const longUs = 60_000_000;

function relayFor(usage: Platform["usage"], services: readonly number[]): UsageRelay {
  const watched = { track: { id: "toys/echo", name: "echo" }, platform: { usage } } as unknown as Watched;
  const isWatched = (id: number) => (services.includes(id) ? watched : undefined);
  const relay = new UsageRelay(store.database, isWatched, createLogger("test"));
  relays.push(relay);
  return relay;
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(10);
}

const read = (serviceId: number) => readUsage(store.database.db, serviceId);

test("a service is read while somebody looks, once for all who look, and not before or after", async () => {
  let reads = 0;
  let goOn = () => {};
  const lookedAway = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const relay = relayFor(async () => {
    reads += 1;
    // The second reading stands until it has been looked at, however long that takes.
    if (reads === 3) await lookedAway;
    return { at: now().at, memoryBytes: 1_000, cpuUs: reads * 1_000, tasks: 2 };
  }, [1]);
  await relay.wake();
  expect(reads).toBe(0);
  await wantUsage(store.database.db, 1, longUs);
  await wantUsage(store.database.db, 1, 1);
  await Promise.all([relay.wake(), relay.wake(), relay.wake()]);
  let seen = await read(1);
  await until(async () => {
    seen = (await read(1)) ?? seen;
    return typeof seen?.cpuShare === "number";
  });
  expect(seen).toMatchObject({ running: true, memoryBytes: 1_000, cpuUs: 2_000, tasks: 2 });
  await store.database.sql`UPDATE usage_watch SET wanted_until = 0 WHERE service_id = 1`;
  goOn();
  await until(() => reads === 3);
  await sleep(3_000);
  expect(reads).toBe(3);
});

test("what does not run, is not counted, or cannot be read is told as such", async () => {
  for (const id of [2, 3, 4]) await wantUsage(store.database.db, id, longUs);
  await relayFor(async () => null, [2]).wake();
  await relayFor(undefined, [3]).wake();
  await relayFor(() => Promise.reject(new Error("no")), [4]).wake();
  await until(async () => (await read(2)) !== null && (await read(3)) !== null && (await read(4)) !== null);
  expect(await read(2)).toMatchObject({ running: false, tasks: null });
  for (const id of [3, 4]) expect(await read(id)).toMatchObject({ running: true, cpuUs: null, tasks: null });
});

test("a service of another engine is left to it", async () => {
  await wantUsage(store.database.db, 5, longUs);
  await relayFor(async () => null, []).wake();
  await sleep(100);
  expect(await read(5)).toBeNull();
});
