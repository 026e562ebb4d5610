import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost, addMove, addService } from "@/db/test-fleet";
import { Hub } from "./hub";
import { TestSubscriber } from "./test-subscriber";

let store: TestDatabase;
/** Small, so that a slow subscriber is soon behind what is kept. */
let hub: Hub;

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(store.database, "toys");
  hub = new Hub(store.target, { events: 60, bytes: 40_000 });
  hub.start();
  expect(await hub.ready(10_000)).toBe(true);
});

afterAll(async () => {
  await hub.close();
  await store.close();
});

/** Reads a little, leaves without a goodbye, comes back with the last id it saw. */
async function wander(subscriber: TestSubscriber, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    await subscriber.open(hub, store.database, subscriber.lastId || null);
    for (let reads = 0; reads < 1 + Math.random() * 6 && !isOver(); reads++)
      if (!(await subscriber.readOnce())) break;
    await subscriber.close();
    await sleep(Math.random() * 30);
  }
}

test("with many writers and restless subscribers every committed move comes exactly once, ascending", async () => {
  const writers = 8;
  const movesEach = 60;
  const services = await Promise.all(
    Array.from({ length: writers }, (_, index) => addService(store.database, "toys", `w${index}`)),
  );
  // An empty feed has no position that one could go on from.
  await addMove(store.database, {
    serviceId: await addService(store.database, "toys", "first"),
    seq: 1,
    to: "Stopped",
  });
  while (hub.position === 0) await sleep(10);
  const subscribers = Array.from({ length: 5 }, () => new TestSubscriber());
  for (const subscriber of subscribers) {
    await subscriber.open(hub, store.database, null);
    await subscriber.readUntil((events) => events.some(({ type }) => type === "fleet"));
    await subscriber.close();
  }
  const ids: number[] = [];
  const seen = (subscriber: TestSubscriber) => subscriber.events.filter(({ type }) => type === "transition");
  const wandering = subscribers.map((subscriber) =>
    wander(subscriber, () => ids.length === writers * movesEach && seen(subscriber).length >= ids.length),
  );
  await Promise.all(
    services.map(async (serviceId) => {
      for (let seq = 1; seq <= movesEach; seq++) {
        ids.push(await addMove(store.database, { serviceId, seq, to: seq % 2 ? "Stopped" : "Starting" }));
        if (Math.random() < 0.2) await sleep(Math.random() * 10);
      }
    }),
  );
  await Promise.all(wandering);
  for (const subscriber of subscribers) {
    const told = seen(subscriber).map(({ data }) => Number(data.id));
    expect(told.toSorted((a, b) => a - b)).toEqual(ids.toSorted((a, b) => a - b));
    const positions = seen(subscriber).map(({ id }) => id);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect(subscriber.events.filter(({ type, data }) => type === "hello" && !data.resumed)).toHaveLength(1);
  }
});

test("a subscriber that does not read is thrown out, and what is kept for it stays bounded", async () => {
  const serviceId = await addService(store.database, "toys", "flood");
  const slow = new TestSubscriber();
  await slow.open(hub, store.database, null);
  await slow.readUntil((events) => events.some(({ type }) => type === "fleet"));
  for (let seq = 1; seq <= 200; seq++) await addMove(store.database, { serviceId, seq, to: "Stopped" });
  while (hub.ring?.indexAfter(slow.lastId) !== null) await sleep(20);
  await expect(slow.readUntil((events) => events.length > 10_000)).rejects.toThrow(/too slow/);
  expect(hub.ring?.bytes).toBeLessThanOrEqual(40_000);
  await slow.open(hub, store.database, slow.lastId);
  const ofFlood = () =>
    slow.events.filter(({ type, data }) => type === "transition" && data.service === "toys/flood");
  await slow.readUntil(() => ofFlood().length >= 200);
  expect(ofFlood().map(({ data }) => data.seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});
