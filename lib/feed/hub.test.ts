import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readHosts } from "@/db/read/hosts";
import { attribution, feed, host } from "@/db/schema";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { addHost, addMove, addService } from "@/db/test-fleet";
import { appendFeed } from "@/db/write/append-feed";
import { requestCommand } from "@/db/write/request-command";
import { syncFleet } from "@/db/write/sync-fleet";
import { now } from "../clock";
import { Hub } from "./hub";
import { type Received, TestSubscriber } from "./test-subscriber";

let store: TestDatabase;
let hub: Hub;
let keepAlive: NodeJS.Timeout;
let count = 0;
const opened: TestSubscriber[] = [];

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(store.database, "toys");
  // What the engine does, but for the host that a test lets fall silent.
  keepAlive = setInterval(() => {
    store.database.db
      .update(host)
      .set({ observedUntil: now().at })
      .where(sql`${host.id} <> 'silent'`)
      .catch(() => {});
  }, 500);
});

afterAll(async () => {
  clearInterval(keepAlive);
  await store.close();
});

beforeEach(async () => {
  hub = new Hub(store.target);
  hub.start();
  expect(await hub.ready(10_000)).toBe(true);
});

afterEach(async () => {
  for (const subscriber of opened.splice(0)) await subscriber.close();
  await hub.close();
});

async function subscriberAt(position: number | null): Promise<TestSubscriber> {
  const subscriber = new TestSubscriber();
  opened.push(subscriber);
  await subscriber.open(hub, store.database, position);
  // A stream begins where the feed is when its first bytes are taken.
  await subscriber.readUntil((events) => events.length > 0);
  return subscriber;
}

const newService = () => addService(store.database, "toys", `s${++count}`);
const transitionsOf = (events: readonly Received[]) => events.filter(({ type }) => type === "transition");
const isMove = (seq: number, service: string) => (event: Received) =>
  event.type === "transition" && event.data.seq === seq && event.data.service === service;

describe("the beginning of a stream", () => {
  test("a newcomer gets hello and the whole fleet, then what happens", async () => {
    const id = await newService();
    await addMove(store.database, { serviceId: id, seq: 1, to: "Stopped" });
    const subscriber = await subscriberAt(null);
    await subscriber.readUntil((events) => events.length >= 2);
    const [hello, fleet] = subscriber.events;
    expect(hello).toMatchObject({ id: 0, type: "hello", data: { resumed: false } });
    expect(fleet?.type).toBe("fleet");
    expect(fleet?.data.hosts).toContainEqual(expect.objectContaining({ id: "toys" }));
    await addMove(store.database, { serviceId: id, seq: 2, from: "Stopped", to: "Starting" });
    await subscriber.readUntil((events) => events.some(isMove(2, `toys/s${count}`)));
    expect(subscriber.lastId).toBeGreaterThan(Number(hello?.data.position));
  });

  test("the snapshot's position misses nothing that came after it", async () => {
    const id = await newService();
    const position = hub.position;
    await addMove(store.database, { serviceId: id, seq: 1, to: "Stopped" });
    const subscriber = await subscriberAt(position);
    await subscriber.readUntil((events) => events.some(isMove(1, `toys/s${count}`)));
    expect(subscriber.events[0]).toMatchObject({ type: "hello", data: { resumed: true } });
    expect(subscriber.events.some(({ type }) => type === "fleet")).toBe(false);
  });

  test("an id newer than the feed's end is answered with a snapshot", async () => {
    const subscriber = await subscriberAt(hub.position + 1000);
    await subscriber.readUntil((events) => events.length >= 2);
    expect(subscriber.events.map(({ type }) => type)).toEqual(["hello", "fleet"]);
    expect(subscriber.events[0]?.data.resumed).toBe(false);
  });

  test("an id that the feed has pruned is answered with a snapshot", async () => {
    const id = await newService();
    const position = hub.position;
    for (let seq = 1; seq <= 5; seq++) await addMove(store.database, { serviceId: id, seq, to: "Stopped" });
    await store.database.db.delete(feed).where(sql`${feed.id} <= ${position + 4}`);
    await hub.close();
    hub = new Hub(store.target);
    hub.start();
    await hub.ready(10_000);
    const subscriber = await subscriberAt(position);
    await subscriber.readUntil((events) => events.length >= 2);
    expect(subscriber.events[0]?.data.resumed).toBe(false);
  });

  test("what another web process sent goes on here, once, and a snapshot closes it", async () => {
    const id = await newService();
    const position = hub.position;
    for (let seq = 1; seq <= 600; seq++) await addMove(store.database, { serviceId: id, seq, to: "Stopped" });
    await hub.close();
    hub = new Hub(store.target);
    hub.start();
    await hub.ready(10_000);
    const subscriber = await subscriberAt(position);
    await subscriber.readUntil((events) => events.some(({ type }) => type === "fleet"));
    expect(subscriber.events[0]?.data.resumed).toBe(true);
    const seqs = transitionsOf(subscriber.events).map(({ data }) => data.seq);
    expect(seqs).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
  });
});

describe("what is told", () => {
  test("a cause that is learnt later comes as the same transition with a higher revision", async () => {
    const id = await newService();
    const subscriber = await subscriberAt(null);
    const transitionId = await addMove(store.database, {
      serviceId: id,
      seq: 1,
      to: "Error",
      cause: "unknown",
    });
    await store.database.db.transaction(async (tx) => {
      const learnt = {
        kind: "host-operator",
        actor: "root",
        detail: "root stopped it.",
        recordedAt: now().at,
      };
      await tx.insert(attribution).values({ transitionId, revision: 2, ...learnt });
      await appendFeed(tx, [{ kind: "transition", serviceId: id, transitionId, revision: 2 }], now().at);
    });
    await subscriber.readUntil((events) => transitionsOf(events).length >= 2);
    const told = transitionsOf(subscriber.events).map(({ data }) => [
      data.id,
      data.revision,
      data.cause.kind,
    ]);
    expect(told).toEqual([
      [String(transitionId), 1, "unknown"],
      [String(transitionId), 2, "host-operator"],
    ]);
  });

  test("a command is told to everyone, with the buttons it takes away", async () => {
    await newService();
    const subscriber = await subscriberAt(null);
    const asked = { host: "toys", name: `s${count}`, event: "stop" as const, actor: "ann" };
    const answer = await requestCommand(store.database, { ...asked, reason: null, expectedSeq: null });
    expect(answer.tag).toBe("accepted");
    await subscriber.readUntil((events) => events.some(({ type }) => type === "command"));
    const view = subscriber.events.find(({ type, data }) => type === "service" && data.name === `s${count}`);
    expect(view?.data.allowed).toEqual([]);
    expect(view?.data.refused[0].reason).toBe("ann's stop is still under way.");
    expect(view?.data.command.status).toBe("requested");
  });

  test("a service that leaves the configuration is taken away", async () => {
    const id = await newService();
    const subscriber = await subscriberAt(null);
    const name = `toys/s${count}`;
    await store.database.db.transaction(async (tx) => {
      await tx.execute(sql`UPDATE service SET present = false WHERE id = ${id}`);
      await appendFeed(tx, [{ kind: "service-removed", serviceId: id, payload: { id: name } }], now().at);
    });
    await subscriber.readUntil((events) => events.some(({ type }) => type === "service-removed"));
    expect(hub.picture.services.some((service) => service.id === name)).toBe(false);
  });

  test("a host that leaves the configuration is taken away after its services, and may come back", async () => {
    const fleetOf = (...hosts: string[]) => ({
      hosts: hosts.map((id) => ({ id, platform: "process" })),
      discovering: new Set<string>(),
      services: hosts.map((id) => ({
        host: id,
        name: "only",
        kind: "service",
        group: null,
        tags: [],
        settings: { runbook: null, runs: "node only.mjs" },
      })),
      alerts: { limits: {}, thrash: { errors: 3, withinMs: 600_000 } },
      groups: [],
    });
    const everyHost = (await readHosts(store.database.db)).map(({ id }) => id);
    await syncFleet(store.database, fleetOf(...everyHost, "leaving"), now().at);
    const subscriber = await subscriberAt(null);
    const isOf = (type: string, id: string) => (event: Received) =>
      event.type === type && event.data.id === id;
    await subscriber.readUntil((events) => JSON.stringify(events).includes("leaving/only"));
    await syncFleet(store.database, fleetOf(...everyHost), now().at);
    await subscriber.readUntil((events) => events.some(isOf("host-removed", "leaving")));
    const left = subscriber.events.filter(({ type }) => type.endsWith("-removed")).map(({ data }) => data.id);
    expect(left.filter((id) => id.startsWith("leaving"))).toEqual(["leaving/only", "leaving"]);
    expect(hub.picture.fleetJson()).not.toContain("leaving");
    await syncFleet(store.database, fleetOf(...everyHost, "leaving"), now().at);
    await subscriber.readUntil((events) => events.some(isOf("host", "leaving")));
    const told = subscriber.events.filter(({ type }) => type === "host-removed").map(({ data }) => data.id);
    expect(told).toEqual(["leaving"]);
  });

  test("a host whose engine falls silent is shown lost, with its services, and live again", async () => {
    await addHost(store.database, "silent");
    await addService(store.database, "silent", "mute");
    await store.database.db.transaction(async (tx) => {
      await appendFeed(tx, [{ kind: "host", payload: { id: "silent" } }], now().at);
    });
    const subscriber = await subscriberAt(null);
    const isContact = (status: string) => (event: Received) =>
      event.type === "host" && event.data.id === "silent" && event.data.contact.status === status;
    await subscriber.readUntil((events) => events.some(isContact("lost")));
    await store.database.db.update(host).set({ observedUntil: now().at }).where(eq(host.id, "silent"));
    await subscriber.readUntil((events) => events.filter(isContact("live")).length > 0);
    const ids = subscriber.events.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });
});

describe("an unsteady database", () => {
  test("connections that are killed, listening or reading, lose nothing", async () => {
    const id = await newService();
    const subscriber = await subscriberAt(null);
    for (let seq = 1; seq <= 30; seq++) {
      await addMove(store.database, { serviceId: id, seq, to: "Stopped" });
      if (seq % 5 === 0)
        await store.database
          .sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signalbox feed'`;
    }
    await subscriber.readUntil((events) => transitionsOf(events).length >= 30);
    const seqs = transitionsOf(subscriber.events).map(({ data }) => data.seq);
    expect(seqs).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
    expect(subscriber.events.some(({ type }) => type === "database")).toBe(false);
  });

  test("a database that goes away is told, the picture stays, and it resumes without a hole", async () => {
    const id = await newService();
    await addMove(store.database, { serviceId: id, seq: 1, to: "Stopped" });
    const subscriber = await subscriberAt(null);
    await subscriber.readUntil((events) => events.length >= 2);
    await store.stopServer();
    await subscriber.readUntil((events) => events.some(({ type }) => type === "database"));
    expect(hub.databaseLostSince).not.toBeNull();
    const latecomer = await subscriberAt(null);
    await latecomer.readUntil((events) => events.length >= 3);
    expect(latecomer.events.map(({ type }) => type)).toEqual(["hello", "fleet", "database"]);
    await store.startServer();
    for (let tries = 0; ; tries++) {
      const done = await addMove(store.database, { serviceId: id, seq: 2, to: "Starting" }).catch(() => null);
      if (done !== null) break;
      expect(tries).toBeLessThan(100);
      await sleep(300);
    }
    await subscriber.readUntil((events) => events.some(isMove(2, `toys/s${count}`)));
    const outages = subscriber.events
      .filter(({ type }) => type === "database")
      .map(({ data }) => data.lostSince);
    expect(outages).toEqual([expect.any(String), null]);
  });
});
