import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { now, toRfc3339 } from "../clock";
import { besu } from "../machine/kinds/besu";
import { cloudflared } from "../machine/kinds/cloudflared";
import type { Machine } from "../machine/types";
import { SetClock } from "./alerts/testing/set-clock";
import { KeptHost } from "./testing/kept-host";
import { type ToldAlert, toldAlerts } from "./testing/told-alerts";
import { nodeTold, notAsked, syncTold, toldOf } from "./testing/told-of";

let test: TestDatabase;
let hosts = 0;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const minutes = (count: number) => count * 60_000;

/** A host of its own for each test, with one service of this kind. */
async function openOne(machine: Machine) {
  hosts += 1;
  const host = `host-${hosts}`;
  const clock = new SetClock(now().at);
  const open = (lostAt?: number) =>
    KeptHost.open(
      test.database,
      clock,
      host,
      { app: {} },
      { machine, ...(lostAt !== undefined && { lostAt }) },
    );
  const kept = await open();
  const alerts = async (): Promise<ToldAlert[]> =>
    (await toldAlerts(test.database.sql)).filter(({ service }) => service === `${host}/app`);
  const rules = async () => (await alerts()).map(({ rule, events }) => `${rule}: ${events.join(", ")}`);
  return { host, clock, kept, open, alerts, rules };
}

const disagreement = (since: number, what = "its process is up and 0 of 4 connections are registered") => ({
  disagreement: { since: toRfc3339(since), what },
});
const failing = { status: "failing", detail: "/ready says 503" } as const;

describe("process and application disagree", () => {
  it("for two minutes, not a moment before, with what they say; over when they agree", async () => {
    const { host, clock, kept, alerts } = await openOne(cloudflared);
    kept.move("app", ["Stopped", "Starting", "Connecting"]);
    const since = clock.now().at;
    kept.say("app", toldOf(disagreement(since), failing));
    await kept.pass(minutes(1));
    kept.say("app", toldOf(disagreement(since), failing));
    await kept.pass(minutes(1) - 1);
    expect(await alerts()).toEqual([]);
    await kept.pass(1);
    expect(await alerts()).toMatchObject([
      {
        rule: "truths-disagree",
        since,
        summary: `${host}/app is up as a process, but has not worked for 2 min.`,
        why: "Its process is up and 0 of 4 connections are registered.",
        events: ["fired"],
      },
    ]);
    kept.move("app", ["Connected"], { kind: "network", detail: "a connection is registered" });
    kept.say("app", toldOf());
    await kept.written();
    expect(await alerts()).toMatchObject([
      {
        events: ["fired", "resolved"],
        because:
          "Its process and what it says of itself agree again. It is Connected: a connection is registered.",
      },
    ]);
  });

  it("a process that ends settles it, and one that agrees in time is never told of", async () => {
    const { clock, kept, rules } = await openOne(cloudflared);
    kept.move("app", ["Stopped", "Starting", "Connecting"]);
    for (let n = 0; n < 10; n++) {
      kept.say("app", toldOf(disagreement(clock.now().at), failing));
      await kept.pass(minutes(2) - 1);
      kept.say("app", n % 2 === 0 ? toldOf() : null);
      await kept.pass(1_000);
    }
    expect(await rules()).toEqual([]);
  });

  it("what is not known holds neither way: it fires once, over a doubt and over another engine", async () => {
    const { clock, kept, open, rules } = await openOne(cloudflared);
    kept.move("app", ["Stopped", "Starting", "Running", "Reconnecting"]);
    const since = clock.now().at;
    kept.say("app", toldOf(disagreement(since), failing));
    await kept.pass(minutes(1));
    kept.say("app", toldOf({}, notAsked));
    await kept.pass(minutes(60));
    expect((await rules()).filter((told) => told.startsWith("truths"))).toEqual([]);
    kept.say("app", toldOf(disagreement(since), failing));
    await kept.pass(minutes(1));
    expect(await rules()).toEqual(["reconnecting: fired", "truths-disagree: fired"]);
    kept.observe();
    await kept.kill();
    const again = await open(clock.now().at);
    again.say("app", toldOf({}, notAsked));
    await again.pass(minutes(1));
    again.say("app", toldOf(disagreement(clock.now().at), failing));
    await again.pass(minutes(5));
    expect(await rules()).toEqual(["reconnecting: fired", "truths-disagree: fired"]);
    again.move("app", ["Connected", "Running"]);
    again.say("app", toldOf());
    await again.written();
    expect(await rules()).toEqual(["reconnecting: fired, resolved", "truths-disagree: fired, resolved"]);
  });

  it("goes on after an engine that ended where it stood, and time that nobody saw counts as nothing", async () => {
    const { clock, kept, open, rules } = await openOne(cloudflared);
    kept.move("app", ["Stopped", "Starting", "Connecting"]);
    kept.say("app", toldOf(disagreement(clock.now().at), failing));
    await kept.pass(110_000);
    kept.observe();
    await kept.kill();
    const lostAt = clock.now().at;
    await clock.pass(minutes(60));
    const again = await open(lostAt);
    await again.pass(9_999);
    expect(await rules()).toEqual([]);
    await again.pass(1);
    expect(await rules()).toEqual(["truths-disagree: fired"]);
  });

  it("a host out of contact stops the count, also where its record tells of that time later", async () => {
    const { clock, kept, rules } = await openOne(cloudflared);
    kept.move("app", ["Stopped", "Starting", "Connecting"]);
    kept.say("app", toldOf(disagreement(clock.now().at), failing));
    await kept.pass(minutes(1));
    kept.lose("ssh: no route to host");
    await kept.pass(30_000);
    kept.watch.live = true;
    kept.push({ tag: "contact", status: "live", at: clock.now().at, reason: null });
    await kept.pass(minutes(1) - 1);
    expect(await rules()).toEqual([]);
    await kept.pass(1);
    expect(await rules()).toEqual(["truths-disagree: fired"]);
  });
});

describe("health, as the application says it", () => {
  it("n of 4 for five minutes is told, whatever the platform says of it meanwhile", async () => {
    const { kept, host, alerts } = await openOne(cloudflared);
    const degraded = {
      status: "degraded",
      detail: "2 of 4 connections are registered",
      have: 2,
      want: 4,
    } as const;
    const detail = {
      process: { state: "running", detail: "pid 7" },
      health: { status: "unknown", detail: "Nothing is checked." },
      load: "loaded",
      activity: null,
    } as const;
    kept.move("app", ["Stopped", "Starting", "Connecting", "Connected", "Running"]);
    kept.say("app", toldOf({}, degraded));
    for (let n = 0; n < 4; n++) {
      await kept.pass(minutes(1));
      kept.push({ tag: "detail", serviceId: kept.idOf("app"), detail });
    }
    await kept.pass(minutes(1) - 1);
    expect(await alerts()).toEqual([]);
    await kept.pass(1);
    expect(await alerts()).toMatchObject([
      {
        rule: "health-degraded",
        summary: `${host}/app has been running degraded for 5 min.`,
        why: "2 of 4 connections are registered.",
      },
    ]);
    kept.say("app", toldOf({}, { ...degraded, status: "ok", detail: "4 of 4", have: 4 }));
    await kept.written();
    expect((await alerts()).map(({ events }) => events)).toEqual([["fired", "resolved"]]);
  });

  it("of a validator in Consensus as of one that is Running", async () => {
    const { kept, rules } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing", "Synced", "Running", "Consensus"]);
    kept.say("app", toldOf({}, { status: "failing", detail: "its RPC does not answer" }));
    await kept.pass(minutes(5));
    expect(await rules()).toEqual(["health-failing: fired"]);
  });
});

it("Reconnecting for longer than two minutes is told, and over when the tunnel is there again", async () => {
  const { kept, host, alerts } = await openOne(cloudflared);
  kept.move("app", ["Stopped", "Starting", "Connecting", "Connected", "Running"]);
  await kept.pass(minutes(60));
  kept.move("app", ["Reconnecting"], { kind: "network", detail: "the last connection was lost" });
  await kept.pass(minutes(2) - 1);
  expect(await alerts()).toEqual([]);
  await kept.pass(1);
  expect(await alerts()).toMatchObject([
    {
      rule: "reconnecting",
      summary: `${host}/app has been Reconnecting for 2 min.`,
      why: "The last connection was lost.",
    },
  ]);
  kept.move("app", ["Connected", "Running"]);
  await kept.written();
  expect(await alerts()).toMatchObject([{ events: ["fired", "resolved"] }]);
});

describe("Syncing", () => {
  it("with progress is never told of, for a day; neither as stuck in Starting", async () => {
    const { clock, kept, rules } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing"]);
    for (let n = 0; n < 24 * 7; n++) {
      kept.say("app", syncTold(clock.now().at));
      await clock.pass(minutes(9));
    }
    await kept.written();
    expect(await rules()).toEqual([]);
  });

  it("without progress for ten minutes is told; over when the head moves, and told again if it stops again", async () => {
    const { host, clock, kept, alerts } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing"]);
    const movedAt = clock.now().at;
    kept.say("app", syncTold(movedAt));
    await kept.pass(minutes(5));
    kept.say("app", syncTold(movedAt, { reason: "no-peers", detail: "no peers" }));
    await kept.pass(minutes(5) - 1);
    expect(await alerts()).toEqual([]);
    await kept.pass(1);
    expect(await alerts()).toMatchObject([
      {
        rule: "sync-stalled",
        since: movedAt,
        summary: `${host}/app has been Syncing without progress for 10 min.`,
        why: "No peers.",
      },
    ]);
    kept.say("app", syncTold(clock.now().at, { detail: "behind 12,339 blocks" }));
    await kept.written();
    expect(await alerts()).toMatchObject([
      { events: ["fired", "resolved"], because: "Its head has moved: behind 12,339 blocks." },
    ]);
    await kept.pass(minutes(10));
    expect((await alerts()).map(({ events }) => events)).toEqual([["fired", "resolved"], ["fired"]]);
  });

  it("of which it is not known whether it makes progress is left alone", async () => {
    const { clock, kept, rules } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing"]);
    kept.say("app", syncTold(clock.now().at, { reason: "unknown", detail: "sync unknown" }));
    await kept.pass(minutes(60));
    expect(await rules()).toEqual([]);
  });

  it("that stalls goes on firing as one alert while engines end and begin, though they know of no progress", async () => {
    const { clock, kept, open, rules } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing"]);
    kept.say("app", syncTold(clock.now().at));
    await kept.pass(minutes(10));
    let last = kept;
    for (let n = 0; n < 3; n++) {
      last.observe();
      await last.kill();
      last = await open(clock.now().at);
      last.say("app", toldOf({}, notAsked));
      await last.pass(5_000);
      last.say("app", syncTold(null));
      await last.pass(minutes(15));
    }
    expect(await rules()).toEqual(["sync-stalled: fired"]);
  });

  it("is over with what it becomes", async () => {
    const { clock, kept, alerts } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing"]);
    kept.say("app", syncTold(clock.now().at));
    await kept.pass(minutes(10));
    kept.move("app", ["Synced"], { kind: "service", detail: "it has the head of its chain" });
    await kept.written();
    expect(await alerts()).toMatchObject([{ because: "It is Synced: it has the head of its chain." }]);
  });
});

describe("a validator that has stopped proposing", () => {
  it("is told after five minutes; one that is none is not", async () => {
    const { host, kept, alerts } = await openOne(besu);
    kept.move("app", ["Stopped", "Starting", "Syncing", "Synced", "Running"]);
    kept.say("app", nodeTold({ validator: "no", participates: "no", validators: 4 }));
    await kept.pass(minutes(20));
    expect(await alerts()).toEqual([]);
    kept.say(
      "app",
      nodeTold({ participates: "no", participation: "it proposed none of the last 100 blocks" }),
    );
    await kept.pass(minutes(5) - 1);
    expect(await alerts()).toEqual([]);
    await kept.pass(1);
    expect(await alerts()).toMatchObject([
      {
        rule: "validator-idle",
        summary: `${host}/app is running, but has taken no part as a validator for 5 min.`,
        why: "It proposed none of the last 100 blocks.",
      },
    ]);
    kept.say("app", nodeTold({ participates: "unknown" }));
    await kept.pass(minutes(5));
    expect(await alerts()).toMatchObject([{ events: ["fired"] }]);
    kept.say("app", nodeTold());
    await kept.written();
    expect(await alerts()).toMatchObject([
      { events: ["fired", "resolved"], because: "It proposes blocks again." },
    ]);
  });

  it("is none while it does not run, and the chain's word on who is one is remembered", async () => {
    const { host, kept, rules } = await openOne(besu);
    const remembered = async () =>
      (await test.database.sql`SELECT validator, application FROM service WHERE host = ${host}`)[0];
    kept.move("app", ["Stopped", "Starting", "Syncing"]);
    kept.say("app", nodeTold({ participates: "no" }));
    await kept.pass(minutes(60));
    expect(await rules()).toEqual([]);
    kept.move("app", ["Stopping", "Stopped"]);
    kept.say("app", null);
    await kept.written();
    expect(await remembered()).toEqual({ validator: true, application: null });
    kept.say("app", nodeTold({ validator: "unknown" }));
    await kept.written();
    expect(await remembered()).toMatchObject({ validator: true });
    kept.say("app", nodeTold({ validator: "no" }));
    await kept.written();
    expect(await remembered()).toMatchObject({ validator: true });
    kept.say("app", nodeTold({ validator: "no", validators: 4 }));
    await kept.written();
    expect(await remembered()).toMatchObject({ validator: false });
  });
});

it("an hour of a fleet that is well tells of nothing", async () => {
  const tunnel = await openOne(cloudflared);
  const node = await openOne(besu);
  tunnel.kept.move("app", ["Stopped", "Starting", "Connecting", "Connected", "Running"]);
  node.kept.move("app", ["Stopped", "Starting", "Syncing", "Synced", "Running", "Consensus"]);
  for (let n = 0; n < 720; n++) {
    tunnel.kept.say("app", toldOf({}, { status: "ok", detail: "4 of 4", have: 4, want: 4 }));
    node.kept.say("app", nodeTold({ height: n }));
    await tunnel.clock.pass(5_000);
    await node.clock.pass(5_000);
  }
  await tunnel.kept.written();
  await node.kept.written();
  expect([...(await tunnel.rules()), ...(await node.rules())]).toEqual([]);
});
