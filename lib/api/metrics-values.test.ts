import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { alert, notification, notificationChannel } from "@/db/alert-schema";
import { moveCount, stayTotal } from "@/db/insight-schema";
import { readMetricsSnapshot } from "@/db/read/metrics";
import { command, engineHealth, gap, host, service } from "@/db/schema";
import { addHost, addMove, addService } from "@/db/test-fleet";
import { requestCommand } from "@/db/write/request-command";
import { settleOrphans } from "@/db/write/settle-orphans";
import { now } from "../clock";
import { nodeTold, syncTold, toldOf } from "../engine/testing/told-of";
import { readFamilies } from "../metrics/read-families";
import { TestApi } from "./test-api";

let api: TestApi;
let echo: number;
let idle: number;

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const services = await api.store.database.db.select().from(service);
  const idOf = (name: string) => services.find((each) => each.name === name)?.id ?? 0;
  [echo, idle] = [idOf("echo"), idOf("idle")];
});
afterAll(() => api.close());
beforeEach(() => api.observe());

const scrape = async () => (await api.get("/metrics")).text();
const value = async (series: string) => {
  const line = (await scrape()).split("\n").find((each) => each.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

describe("what is told stands in the database", () => {
  test("states, contact and moves of the services that are configured now", async () => {
    await api.store.database.db.insert(moveCount).values([
      { serviceId: echo, fromState: "Running", toState: "Error", cause: "service", count: 4 },
      { serviceId: echo, fromState: "Stopped", toState: "Starting", cause: "operator", count: 2 },
    ]);
    expect(
      await value('signalbox_service_state{host="toys",service="echo",kind="service",state="Running"}'),
    ).toBe(1);
    expect(
      await value('signalbox_service_state{host="toys",service="idle",kind="service",state="Running"}'),
    ).toBe(0);
    expect(await value('signalbox_host_contact{host="toys"}')).toBe(1);
    expect(await value('signalbox_host_contact{host="far"}')).toBe(0);
    expect(
      await value('signalbox_service_state{host="far",service="away",kind="service",state="Running"}'),
    ).toBe(1);
    expect(await value('signalbox_errors_total{host="toys",service="echo"}')).toBe(4);
    expect(
      await value(
        'signalbox_transitions_total{host="toys",service="echo",from="Stopped",to="Starting",cause="operator"}',
      ),
    ).toBe(2);

    const gone = await addService(api.store.database, "toys", "gone", { present: false });
    await api.store.database.db
      .insert(moveCount)
      .values({ serviceId: gone, fromState: "Running", toState: "Error", cause: "service", count: 1 });
    expect(await scrape()).not.toContain('service="gone"');
  });

  test("time in state: what ended and the present stay, up to where the host was seen, without its gaps", async () => {
    const { database } = api.store;
    const at = now().at;
    const since = at - 100_000_000;
    await addHost(database, "timed", { observedUntil: at, historyUntil: at });
    const id = await addService(database, "timed", "one", { since, seq: 1 });
    await addMove(database, { serviceId: id, seq: 1, to: "Running", at: since });
    await database.db
      .insert(stayTotal)
      .values({ serviceId: id, state: "Running", ms: 7_500, entries: 3, recent: [] })
      .onConflictDoUpdate({ target: [stayTotal.serviceId, stayTotal.state], set: { ms: 7_500 } });
    const gapAt = (ms: number) => since + ms * 1000;
    await database.db.insert(gap).values([
      {
        host: "timed",
        from: gapAt(-50_000),
        to: gapAt(10_000),
        reason: "before and into it",
        recovered: false,
      },
      { host: "timed", from: gapAt(20_000), to: gapAt(50_000), reason: "read back", recovered: true },
      { host: "toys", from: gapAt(20_000), to: gapAt(50_000), reason: "another host", recovered: false },
    ]);
    const wholeMs = Math.floor(at / 1000) - Math.floor(since / 1000);
    const unseenMs = Math.floor(gapAt(10_000) / 1000) - Math.floor(since / 1000);
    expect(
      await value('signalbox_state_seconds_total{host="timed",service="one",state="Running"}'),
    ).toBeCloseTo((7_500 + wholeMs - unseenMs) / 1000, 6);
  });

  test("alerts that fire, also about a host, until they are resolved", async () => {
    const { db } = api.store.database;
    const words = { severity: "critical", summary: "", why: "", todo: "", since: 1, firedAt: 1 } as const;
    await db.insert(alert).values([
      { id: "a", rule: "error", host: "toys", serviceId: echo, ...words },
      { id: "b", rule: "contact", host: "far", ...words, acknowledgedBy: "tester", acknowledgedAt: 2 },
      { id: "c", rule: "starting", host: "toys", serviceId: idle, ...words, resolvedAt: 2 },
    ]);
    const firing = (await scrape()).split("\n").filter((line) => line.startsWith("signalbox_alert_firing{"));
    expect(firing.sort()).toEqual([
      'signalbox_alert_firing{rule="contact",host="far",service=""} 1',
      'signalbox_alert_firing{rule="error",host="toys",service="echo"} 1',
    ]);
  });

  test("what applications say, and nothing where it is not known or not seen", async () => {
    const { database } = api.store;
    const degraded = { status: "degraded", detail: "2 of 4", have: 2, want: 4 } as const;
    const disagreement = { since: "2026-11-28T08:00:00.000000Z", what: "0 of 4 connections" };
    const told = { kind: "besu", groupName: "chain", state: "Consensus" };
    await addService(database, "toys", "tunnel", {
      kind: "cloudflared",
      application: toldOf({ disagreement }, degraded),
    });
    for (const n of [1, 2, 3, 4])
      await addService(database, "toys", `v${n}`, {
        ...told,
        application: nodeTold({ peers: n === 1 ? null : 3 }),
      });
    await addService(database, "toys", "v5", { ...told, state: "Stopped", validator: true });
    await addService(database, "toys", "sync", {
      ...{ kind: "besu", state: "Syncing" },
      application: syncTold(null),
    });
    await addService(database, "far", "unseen", { ...told, groupName: "other", application: nodeTold() });
    const lines = (await scrape()).split("\n");
    const of = (metric: string) =>
      lines.filter((line) => line.startsWith(`signalbox_${metric}{`)).map((line) => line.slice(10));
    expect(of("health_have")).toEqual(['health_have{host="toys",service="tunnel"} 2']);
    expect(of("health_want")).toEqual(['health_want{host="toys",service="tunnel"} 4']);
    expect(of("service_health").filter((line) => line.includes("tunnel") && line.endsWith(" 1"))).toEqual([
      'service_health{host="toys",service="tunnel",status="degraded"} 1',
    ]);
    expect(of("truths_disagree").filter((line) => line.endsWith(" 1"))).toEqual([
      'truths_disagree{host="toys",service="tunnel"} 1',
    ]);
    expect(of("truths_disagree")).toHaveLength(6);
    expect(of("besu_peers").map((line) => line.slice(-5))).toEqual([
      'c"} 4',
      ...[2, 3, 4].map((n) => `${n}"} 3`),
    ]);
    expect(of("besu_block_height")).toHaveLength(5);
    expect(of("besu_sync_distance_blocks")).toEqual([
      'besu_sync_distance_blocks{host="toys",service="sync"} 12340',
      ...[1, 2, 3, 4].map((n) => `besu_sync_distance_blocks{host="toys",service="v${n}"} 0`),
    ]);
    expect(of("besu_participating")).toEqual(
      [1, 2, 3, 4].map((n) => `besu_participating{host="toys",service="v${n}"} 1`),
    );
    expect(of("group_quorum_margin")).toEqual(['group_quorum_margin{group="chain"} 0']);
    expect(of("group_validators").filter((line) => line.includes('chain",w'))).toEqual([
      'group_validators{group="chain",what="chain"} 5',
      'group_validators{group="chain",what="needed"} 4',
      'group_validators{group="chain",what="participating"} 4',
      'group_validators{group="chain",what="unknown"} 0',
      'group_validators{group="chain",what="missing"} 1',
    ]);
    expect(of("group_validators").filter((line) => line.includes("other"))).toContain(
      'group_validators{group="other",what="unknown"} 1',
    );
  });

  test("what waits in a channel, and 0 where nothing does", async () => {
    const { db } = api.store.database;
    const channel = { kind: "webhook", target: "ops.example.net", present: true };
    await db.insert(notificationChannel).values([
      { name: "ops", ...channel },
      { name: "calm", ...channel },
      { name: "old", ...channel, present: false },
    ]);
    const letter = { payload: {}, createdAt: 1, nextAt: 1 };
    await db.insert(notification).values([
      { id: "1", channel: "ops", eventId: 1, status: "queued", ...letter },
      { id: "2", channel: "ops", eventId: 2, status: "queued", ...letter },
      { id: "3", channel: "ops", eventId: 3, status: "sent", ...letter },
    ]);
    expect(await value('signalbox_notifications_queued{channel="ops"}')).toBe(2);
    expect(await value('signalbox_notifications_queued{channel="calm"}')).toBe(0);
    expect(await value('signalbox_notifications_queued{channel="old"}')).toBeUndefined();
  });

  test("an engine's figures while it is heard; one that is silent for half a minute does not run", async () => {
    const { db } = api.store.database;
    const figures = [
      {
        name: "signalbox_recorder_backlog",
        values: [{ labels: {}, value: 17 }],
      },
    ];
    const row = { build: "b", startedAt: 1, memoryBytes: 1, waiting: 17, figures };
    await db.insert(engineHealth).values([
      { id: "box 1", ...row, at: now().at },
      { id: "box 2", ...row, at: now().at, figures: null },
      { id: "box 3", ...row, at: now().at - 31_000_000 },
    ]);
    expect(await value("signalbox_engines_running")).toBe(2);
    expect(await value('signalbox_recorder_backlog{process="engine",engine="box 1"}')).toBe(17);
    expect(await scrape()).not.toContain('engine="box 3"');
    expect(await value('signalbox_feed_subscribers{process="web"}')).toBe(0);
    expect(await value('signalbox_process_resident_memory_bytes{process="web"}')).toBeGreaterThan(1e6);
    expect(await value("signalbox_database_up")).toBe(1);
  });
});

describe("commands are counted once each, by how they ended", () => {
  const counts = async () =>
    Object.fromEntries(
      (await readMetricsSnapshot(api.store.database)).commands.map((row) => [
        `${row.event} ${row.status}`,
        row.count,
      ]),
    );
  const ask = async (event: "start" | "stop", override?: "busy") => {
    const request = { host: "toys", name: "idle", event, actor: "tester", reason: null, expectedSeq: null };
    const answer = await requestCommand(api.store.database, { ...request, override: override ?? null });
    if (answer.tag !== "accepted") throw new Error(JSON.stringify(answer));
    return answer.command.id;
  };

  test("whoever settles one, in whatever words, and however often it is written again", async () => {
    const { database } = api.store;
    const { sql } = database;
    const first = await ask("start");
    expect(await counts()).toEqual({});
    expect(await value('signalbox_commands_under_way{event="start"}')).toBe(1);
    await sql`UPDATE command SET status = 'proven', reached_at = 1, settled_at = 2 WHERE id = ${first}`;
    await sql`UPDATE command SET status = 'proven', settled_at = 3 WHERE id = ${first}`;
    await sql`UPDATE command SET detail = 'written again' WHERE id = ${first}`;
    expect(await counts()).toEqual({ "start proven": 1 });
    await ask("start");
    await sql`UPDATE command SET status = 'accepted' WHERE settled_at IS NULL`;
    expect(await settleOrphans(database, "toys", now().at)).toBe(1);
    expect(await counts()).toEqual({ "start proven": 1, "start unknown": 1 });
    const inserted = {
      serviceId: idle,
      event: "stop",
      actor: "a",
      status: "failed",
      requestedAt: 1,
    } as const;
    await database.db.insert(command).values({ id: "born-settled", ...inserted, settledAt: 2 });
    expect(await counts()).toEqual({ "start proven": 1, "start unknown": 1, "stop failed": 1 });
    expect(await value('signalbox_commands_total{event="stop",status="failed"}')).toBe(1);
    expect(await value('signalbox_commands_total{event="reset",status="proven"}')).toBe(0);
  });
});

describe("one moment", () => {
  test("scrapes that overlap share one reading, and the next one reads anew", async () => {
    const { database } = api.store;
    const [first, second] = await Promise.all([readFamilies(database), readFamilies(database)]);
    expect(second).toBe(first);
    expect(await readFamilies(database)).not.toBe(first);
  });

  test("a stay that ends while a scrape reads is counted once", async () => {
    const { database } = api.store;
    const { sql } = database;
    const until = 1_000_000_000;
    await addHost(database, "moving", { observedUntil: until, historyUntil: until });
    const id = await addService(database, "moving", "one", { since: 0, seq: 1 });
    await addMove(database, { serviceId: id, seq: 1, to: "Running", at: 0 });
    const moves = (async () => {
      for (let seq = 2; seq <= 200; seq++)
        await sql.begin(async (tx) => {
          await tx`INSERT INTO transition (service_id, seq, from_state, to_state, at, observed_at, gap_us, source,
              source_key, declared, inferred, evidence, counted_at)
            VALUES (${id}, ${seq}, 'Running', 'Running', 1, 1, 0, 'process', ${`m${seq}`}, true, false, '{}', ${seq * 1000})`;
          await tx`UPDATE stay_total SET ms = ${seq * 1000} WHERE service_id = ${id}`;
          await tx`UPDATE service SET seq = ${seq} WHERE id = ${id}`;
        });
    })();
    const sums = new Set<number>();
    let done = false;
    void moves.finally(() => {
      done = true;
    });
    while (!done) {
      const { services, totals } = await readMetricsSnapshot(database);
      const countedAt = services.find((each) => each.id === id)?.countedAt ?? 0;
      const ended = totals.find((each) => each.serviceId === id)?.ms ?? 0;
      sums.add(ended - countedAt);
    }
    await moves;
    expect([...sums]).toEqual([0]);
  });
});

test("a host that left the configuration is told no more", async () => {
  await addHost(api.store.database, "left");
  expect(await value('signalbox_host_contact{host="left"}')).toBe(1);
  await api.store.database.db.update(host).set({ present: false }).where(eq(host.id, "left"));
  expect(await value('signalbox_host_contact{host="left"}')).toBeUndefined();
});
