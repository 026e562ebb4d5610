import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/db/open";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { createSilence } from "@/db/write/create-silence";
import { resolveDeparted } from "@/db/write/resolve-departed";
import { now } from "../clock";
import { defaultLimits } from "../insight/rules/table";
import { besu } from "../machine/kinds/besu";
import { SetClock } from "./alerts/testing/set-clock";
import { KeptHost } from "./testing/kept-host";
import { nodeTold } from "./testing/told-of";

let test: TestDatabase;
/** What engines ask goes over one connection: it is answered in the order in which it was asked. */
let inOrder: Database;
let groups = 0;

beforeAll(async () => {
  test = await openTestDatabase();
  inOrder = openDatabase(test.target, { name: "engines", max: 1 });
});
afterAll(async () => {
  await inOrder.close();
  await test.close();
});

const minutes = (count: number) => count * 60_000;
const names = ["validator-1", "validator-2", "validator-3", "validator-4", "validator-5"] as const;
const path = ["Stopped", "Starting", "Syncing", "Synced", "Running", "Consensus"];

interface GroupAlert {
  readonly rule: string;
  readonly host: string;
  readonly summary: string;
  readonly why: string;
  readonly because: string | null;
  readonly events: readonly string[];
}

/** A chain of five validators on two hosts: three on the first, by name, and two on the second. */
async function openChain() {
  groups += 1;
  const group = `chain ${groups}/a`;
  const clock = new SetClock(now().at);
  const [first, second] = [`a-host-${groups}`, `b-host-${groups}`];
  const placed = new Map(names.map((name, n) => [name as string, n < 3 ? first : second]));
  const servicesOf = (host: string) =>
    Object.fromEntries(names.filter((name) => placed.get(name) === host).map((name) => [name, {}]));
  const options = { machine: besu, group };
  const openHost = (host: string, beside?: KeptHost, lostAt?: number) =>
    KeptHost.open(inOrder, clock, host, servicesOf(host), {
      ...options,
      ...(beside && { beside }),
      ...(lostAt !== undefined && { lostAt }),
    });
  const facts = {
    name: group,
    limits: defaultLimits,
    members: names.map((name) => ({
      id: `${placed.get(name)}/${name}`,
      host: placed.get(name) ?? "",
      name,
      isValidator: true,
    })),
  };
  const alerts = () => test.database.sql<GroupAlert[]>`
    SELECT a.rule, a.host, a.summary, a.why, a.resolved_because AS because,
      ARRAY(SELECT e.what FROM alert_event e WHERE e.alert_id = a.id ORDER BY e.id) AS events
    FROM alert a WHERE a.group_name = ${group} AND a.service_id IS NULL ORDER BY a.fired_at, a.id`;
  const rules = async () => (await alerts()).map(({ rule, events }) => `${rule}: ${events.join(", ")}`);
  return { group, clock, hosts: [first, second] as const, placed, openHost, facts, alerts, rules };
}

/** The same with one engine that watches both hosts, and all five taking part. */
async function openWell() {
  const chain = await openChain();
  const a = await chain.openHost(chain.hosts[0]);
  const b = await chain.openHost(chain.hosts[1], a);
  a.keeper.setGroups([chain.facts]);
  const hostOf = (name: string) => (chain.placed.get(name) === chain.hosts[0] ? a : b);
  for (const name of names) takePart(hostOf(name), name);
  await a.written();
  await read(chain.clock);
  const stop = (name: string) => halt(hostOf(name), name);
  const start = (name: string) => takePart(hostOf(name), name);
  return { ...chain, a, b, hostOf, stop, start };
}

/** What fires of a group, and then what others watch of it, has been read where it was asked for. */
async function read(clock: SetClock): Promise<void> {
  for (const _ of ["what fires", "what others watch"]) {
    await inOrder.sql`SELECT 1`;
    await setImmediate();
  }
  await clock.pass(0);
}

function takePart(host: KeptHost, name: string): void {
  host.move(name, path);
  host.say(name, nodeTold());
}

function halt(host: KeptHost, name: string): void {
  host.move(name, ["Stopping", "Stopped"], { kind: "operator", actor: "anna", detail: "stopped by anna" });
  host.say(name, null);
}

describe("five validators on two hosts", () => {
  it("one stopped: at risk for a minute is told, once; over when it takes part again", async () => {
    const { group, hosts, a, stop, start, alerts } = await openWell();
    stop("validator-2");
    await a.pass(minutes(1) - 1);
    expect(await alerts()).toEqual([]);
    await a.pass(1);
    await a.pass(minutes(30));
    expect(await alerts()).toMatchObject([
      {
        rule: "quorum-risk",
        host: hosts[0],
        summary: `${group} has had no validator to spare for 1 min: one more loss stops the chain.`,
        why: "4 of 5 validators take part, 4 are needed; not: validator-2: none may fail any more, one more loss stops the chain.",
        events: ["fired"],
      },
    ]);
    start("validator-2");
    await a.written();
    expect(await alerts()).toMatchObject([
      {
        events: ["fired", "resolved"],
        because: "5 of 5 validators take part, 4 are needed: one more may fail.",
      },
    ]);
  });

  it("a second, on the other host: lost, and the risk goes on as what it was", async () => {
    const { group, a, stop, start, alerts, rules } = await openWell();
    stop("validator-2");
    await a.pass(minutes(1));
    stop("validator-5");
    await a.pass(9_999);
    expect(await rules()).toEqual(["quorum-risk: fired"]);
    await a.pass(1);
    expect((await alerts())[1]).toMatchObject({
      rule: "quorum-lost",
      summary: `${group} has had no quorum for 10 s: the chain stands still.`,
      why: "3 of 5 validators take part, 4 are needed; not: validator-2, validator-5: the chain stands still.",
    });
    start("validator-5");
    await a.written();
    expect(await rules()).toEqual(["quorum-risk: fired", "quorum-lost: fired, resolved"]);
    start("validator-2");
    await a.written();
    expect(await rules()).toEqual(["quorum-risk: fired, resolved", "quorum-lost: fired, resolved"]);
  });

  it("two at once are told as lost alone", async () => {
    const { a, stop, rules } = await openWell();
    stop("validator-1");
    stop("validator-4");
    await a.pass(minutes(30));
    expect(await rules()).toEqual(["quorum-lost: fired"]);
  });

  it("one that runs and does not propose is missing as one that is stopped", async () => {
    const { a, rules } = await openWell();
    a.say("validator-1", nodeTold({ participates: "no" }));
    await a.pass(minutes(1));
    expect(await rules()).toEqual(["quorum-risk: fired"]);
  });

  it("a restart in less than the limit tells of nothing, and so does an hour in which all is well", async () => {
    const { clock, a, stop, start, hostOf, rules } = await openWell();
    for (const name of names) {
      stop(name);
      await clock.pass(50_000);
      start(name);
      await clock.pass(10_000);
    }
    for (let n = 0; n < 720; n++) {
      for (const name of names) hostOf(name).say(name, nodeTold({ height: n }));
      await clock.pass(5_000);
    }
    await a.written();
    expect(await rules()).toEqual([]);
  });

  it("while it is not known how they stand nothing fires and nothing is over", async () => {
    const { clock, a, b, stop, start, rules } = await openWell();
    stop("validator-1");
    await a.pass(30_000);
    const lostAt = clock.now().at;
    b.lose("ssh: no route to host");
    await a.pass(minutes(60));
    expect(await rules()).toEqual([]);
    b.find(lostAt);
    await a.pass(29_999);
    expect(await rules()).toEqual([]);
    await a.pass(1);
    expect(await rules()).toEqual(["quorum-risk: fired"]);
    const again = clock.now().at;
    b.lose("ssh: no route to host");
    start("validator-1");
    await a.pass(minutes(60));
    expect(await rules()).toEqual(["quorum-risk: fired"]);
    b.find(again);
    await a.written();
    expect(await rules()).toEqual(["quorum-risk: fired, resolved"]);
  });

  it("the first host out of contact: it is still the engine that watches it which tells", async () => {
    const { a, stop, rules } = await openWell();
    a.lose("ssh: no route to host");
    stop("validator-4");
    stop("validator-5");
    await a.pass(minutes(1));
    expect(await rules()).toEqual(["quorum-lost: fired"]);
  });
});

describe("expected", () => {
  it("a maintenance of the group keeps it from firing, one of a host does not", async () => {
    const { clock, group, hosts, a, stop, rules } = await openWell();
    const span = {
      startsAt: clock.now().at,
      endsAt: clock.now().at + 600_000_000,
      why: "new disks",
      actor: "anna",
    };
    await createSilence(test.database, { kind: "maintenance", matcher: { group }, ...span });
    await createSilence(test.database, { kind: "silence", matcher: { host: hosts[0] }, ...span });
    await a.keeper.wake();
    stop("validator-1");
    await a.pass(minutes(10) - 1);
    expect(await rules()).toEqual([]);
    await a.pass(1);
    expect(await rules()).toEqual(["quorum-risk: fired"]);
  });

  it("a silence of the group lets it fire and holds it back, until it is over", async () => {
    const { clock, group, a, stop, rules } = await openWell();
    const span = {
      startsAt: clock.now().at,
      endsAt: clock.now().at + 600_000_000,
      why: "known",
      actor: "anna",
    };
    await createSilence(test.database, { kind: "silence", matcher: { group, rule: "quorum-risk" }, ...span });
    await a.keeper.wake();
    stop("validator-1");
    await a.pass(minutes(1));
    expect(await rules()).toEqual(["quorum-risk: fired, silenced"]);
    await a.pass(minutes(10));
    expect(await rules()).toEqual(["quorum-risk: fired, silenced, unsilenced"]);
  });
});

describe("several engines", () => {
  /** The second host is watched by an engine of its own. */
  async function openApart() {
    const chain = await openChain();
    const a = await chain.openHost(chain.hosts[0]);
    const b = await chain.openHost(chain.hosts[1]);
    for (const engine of [a, b]) engine.keeper.setGroups([chain.facts]);
    const hostOf = (name: string) => (chain.placed.get(name) === chain.hosts[0] ? a : b);
    for (const name of names) takePart(hostOf(name), name);
    /** Time passes in steps, so that what the other engine wrote is read on the way. */
    const pass = async (ms: number) => {
      for (let rest = ms; rest > 0; rest -= 5_000) {
        await chain.clock.pass(Math.min(5_000, rest));
        for (const engine of [a, b]) engine.observe();
        for (const engine of [a, b]) await engine.written();
        await read(chain.clock);
        for (const engine of [a, b]) await engine.written();
      }
    };
    await pass(10_000);
    return { ...chain, a, b, pass };
  }

  it("the one of the first host tells of what the other one sees, and only that one tells", async () => {
    const { a, b, pass, alerts, rules } = await openApart();
    halt(a, "validator-1");
    halt(b, "validator-5");
    await pass(20_000);
    expect(await alerts()).toMatchObject([
      { rule: "quorum-lost", why: expect.stringContaining("not: validator-1, validator-5") },
    ]);
    takePart(b, "validator-5");
    takePart(a, "validator-1");
    await pass(10_000);
    expect(await rules()).toEqual(["quorum-lost: fired, resolved"]);
  });

  it("what the other engine no longer says is not known", async () => {
    const { a, b, clock, rules } = await openApart();
    halt(a, "validator-1");
    await b.kill();
    for (let n = 0; n < 30; n++) {
      await clock.pass(5_000);
      a.observe();
      await a.written();
      await read(clock);
      await a.written();
    }
    expect(await rules()).toEqual([]);
  });

  it("one that takes the first host over goes on with what fires, and ends it", async () => {
    const { a, b, clock, hosts, facts, openHost, pass, rules } = await openApart();
    halt(a, "validator-1");
    halt(a, "validator-2");
    await pass(20_000);
    expect(await rules()).toEqual(["quorum-lost: fired"]);
    a.observe();
    await a.kill();
    const taken = await openHost(hosts[0], b, clock.now().at);
    taken.keeper.setGroups([facts]);
    await read(clock);
    await taken.pass(minutes(5));
    expect(await rules()).toEqual(["quorum-lost: fired"]);
    for (const name of ["validator-1", "validator-2"]) takePart(taken, name);
    await taken.pass(minutes(1));
    expect(await rules()).toEqual(["quorum-lost: fired, resolved"]);
  });
});

describe("a group that leaves the configuration", () => {
  it("is ended in the database; one of whose hosts leaves is not", async () => {
    const { group, hosts, a, b, stop, rules, alerts } = await openWell();
    stop("validator-1");
    stop("validator-2");
    await a.pass(minutes(1));
    await test.database.sql`UPDATE service SET present = false WHERE host = ${hosts[0]}`;
    await test.database.sql`UPDATE host SET present = false WHERE id = ${hosts[0]}`;
    await resolveDeparted(test.database, now().at);
    expect(await rules()).toEqual(["quorum-lost: fired"]);
    await test.database.sql`UPDATE service SET kind = 'service' WHERE group_name = ${group}`;
    await resolveDeparted(test.database, now().at);
    b.keeper.setGroups([]);
    await a.pass(minutes(1));
    expect(await alerts()).toMatchObject([
      { events: ["fired", "resolved"], because: "It left the configuration." },
    ]);
  });

  it("resolves where its validators are none any more", async () => {
    const { a, stop, hostOf, alerts } = await openWell();
    stop("validator-1");
    await a.pass(minutes(1));
    for (const name of names)
      hostOf(name).say(name, nodeTold({ validator: "no", participates: "no", validators: 4 }));
    await a.written();
    expect(await alerts()).toMatchObject([
      { events: ["fired", "resolved"], because: "None of its members is a validator any more." },
    ]);
  });
});

it("browsers and messages are told of it as of a group", async () => {
  const { group, a, stop } = await openWell();
  stop("validator-1");
  await a.pass(minutes(1));
  const told = await test.database.sql<{ payload: Record<string, unknown> }[]>`
    SELECT payload FROM feed WHERE kind = 'alert' AND payload->>'group' = ${group} AND payload->>'service' IS NULL`;
  expect(told.map(({ payload }) => payload)).toMatchObject([
    { rule: "quorum-risk", status: "firing", group },
  ]);
});
