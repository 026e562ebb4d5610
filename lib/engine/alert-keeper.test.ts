import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { acknowledgeAlert } from "@/db/write/acknowledge-alert";
import { createSilence } from "@/db/write/create-silence";
import { endSilence } from "@/db/write/end-silence";
import { now } from "../clock";
import { defaultAlerts } from "../config/alert-keys";
import { SetClock } from "./alerts/testing/set-clock";
import { KeptHost } from "./testing/kept-host";
import { type ToldAlert, toldAlerts } from "./testing/told-alerts";

let test: TestDatabase;
let hosts = 0;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());

const minutes = (count: number) => count * 60_000;
const operator = {
  kind: "operator",
  actor: "anna",
  commandId: "command-1",
  detail: "started by anna",
} as const;

/** A host of its own for each test, at the present time. */
async function openHost(...names: string[]) {
  hosts += 1;
  const name = `host-${hosts}`;
  const clock = new SetClock(now().at);
  const services = Object.fromEntries((names.length > 0 ? names : ["web"]).map((service) => [service, {}]));
  const kept = await KeptHost.open(test.database, clock, name, services);
  const reopen = (lostAt?: number) =>
    KeptHost.open(test.database, clock, name, services, lostAt === undefined ? {} : { lostAt });
  const alerts = async (): Promise<ToldAlert[]> => {
    const all = await toldAlerts(test.database.sql);
    const rows = await test.database.sql<{ id: string }[]>`SELECT id FROM alert WHERE host = ${name}`;
    return all.filter(({ id }) => rows.some((row) => row.id === id));
  };
  const rules = async () => (await alerts()).map(({ rule, events }) => `${rule}: ${events.join(", ")}`);
  return { name, clock, kept, reopen, alerts, rules };
}

describe("the specification's alerts, at its limits", () => {
  it.each([
    ["Error", ["Starting", "Running", "Error"], minutes(5), "error", "has been in Error for 5 min."],
    ["Starting", ["Starting"], minutes(10), "starting", "has been Starting for 10 min."],
    ["Stopping", ["Starting", "Running", "Stopping"], minutes(2), "stopping", "has been Stopping for 2 min."],
  ])("%s: not a moment before, and resolved when it is over", async (_state, path, limitMs, rule, words) => {
    const { name, clock, kept, alerts } = await openHost();
    kept.move("web", ["Stopped", ...path]);
    await kept.pass(limitMs - 1);
    expect(await alerts()).toEqual([]);
    await kept.pass(1);
    expect(await alerts()).toMatchObject([
      {
        rule,
        service: `${name}/web`,
        summary: `${name}/web ${words}`,
        why: "Exited with code 5.",
        events: ["fired"],
      },
    ]);
    expect((await alerts())[0]?.firedAt).toBe(clock.now().at);
    kept.move("web", ["Stopped"], { kind: "operator", actor: "anna", detail: "stopped by anna" });
    await kept.written();
    expect(await alerts()).toMatchObject([
      { events: ["fired", "resolved"], because: "It is Stopped: stopped by anna." },
    ]);
  });

  it("thrash: with the third failure in ten minutes, and over after ten quiet ones", async () => {
    const { kept, name, rules } = await openHost();
    const restart = { kind: "service-manager", detail: "automatic restart, attempt 1" } as const;
    kept.move("web", ["Stopped", "Starting", "Running"]);
    for (let crash = 1; crash <= 2; crash++) {
      kept.move("web", ["Error"]);
      kept.move("web", ["Starting", "Running"], restart);
      await kept.pass(minutes(1));
    }
    expect(await rules()).toEqual([]);
    kept.move("web", ["Error"]);
    kept.move("web", ["Starting", "Running"], restart);
    await kept.written();
    expect(await rules()).toEqual(["thrash: fired"]);
    expect(await markOf(name)).toMatchObject({
      level: "crash-loop",
      why: expect.stringMatching(/^It came into Error by itself 3 times/),
    });
    await kept.pass(minutes(10) - 1);
    expect(await rules()).toEqual(["thrash: fired"]);
    await kept.pass(1);
    expect(await rules()).toEqual(["thrash: fired, resolved"]);
    expect(await markOf(name)).toBeNull();
  });

  const markOf = async (host: string) => {
    const [row] = await test.database.sql<
      { thrash: unknown }[]
    >`SELECT thrash FROM service WHERE host = ${host}`;
    return row?.thrash ?? null;
  };

  it("ten restarts by an operator's hand are no thrash", async () => {
    const { kept, rules } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running"], operator);
    for (let n = 0; n < 10; n++) {
      kept.move("web", ["Restarting", "Starting", "Running"], operator);
      await kept.pass(10_000);
    }
    expect(await rules()).toEqual([]);
  });
});

describe("an engine that ends and begins again", () => {
  it("an Error of 4 min 50 s before fires ten seconds after, and the time between counts as nothing", async () => {
    const { clock, kept, reopen, alerts } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(290_000);
    await kept.kill();
    const lostAt = clock.now().at;
    await clock.pass(minutes(60));
    const again = await reopen(lostAt);
    await again.pass(9_999);
    expect(await alerts()).toEqual([]);
    await again.pass(1);
    expect(await alerts()).toMatchObject([{ rule: "error", events: ["fired"] }]);
  });

  it("what fires goes on firing, once, and is resolved by whoever watches then", async () => {
    const { kept, reopen, rules } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(minutes(5));
    await kept.kill();
    const again = await reopen();
    await again.pass(minutes(20));
    expect(await rules()).toEqual(["error: fired"]);
    again.move("web", ["Starting", "Running"], operator);
    await again.written();
    expect(await rules()).toEqual(["error: fired, resolved"]);
  });

  it("a crash loop is known from history, and ends at its time", async () => {
    const { kept, reopen, rules } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running"]);
    for (let n = 0; n < 3; n++) kept.move("web", ["Error", "Starting", "Running"]);
    await kept.pass(minutes(4));
    await kept.kill();
    const again = await reopen();
    await again.pass(minutes(6) - 1);
    expect(await rules()).toEqual(["thrash: fired"]);
    await again.pass(1);
    expect(await rules()).toEqual(["thrash: fired, resolved"]);
  });
});

describe("what was not seen", () => {
  it("what is read back raises nothing; what is still so does", async () => {
    const { kept, clock, rules } = await openHost("was", "is");
    kept.move("was", ["Stopped", "Starting", "Running", "Error"], undefined, true);
    kept.move("is", ["Stopped", "Starting", "Running", "Error"], undefined, true);
    kept.watch.live = false;
    await kept.pass(minutes(6));
    kept.move("was", ["Starting", "Running"], operator, true);
    kept.watch.live = true;
    kept.push({ tag: "glimpses-over" });
    await kept.written();
    expect(await rules()).toEqual(["error: fired"]);
    expect(clock.alarms).toBeLessThanOrEqual(1);
  });

  it("a lost host with fifty services in Error is one alert", async () => {
    const names = Array.from({ length: 50 }, (_, n) => `service-${n}`);
    const { name, clock, kept, alerts } = await openHost(...names);
    for (const service of names) kept.move(service, ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(minutes(4));
    const lostAt = clock.now().at;
    kept.lose("ssh: no route to host");
    await kept.pass(59_999);
    expect(await alerts()).toEqual([]);
    await kept.pass(minutes(60));
    expect(await alerts()).toMatchObject([
      {
        rule: "contact",
        service: null,
        summary: `${name} has been out of contact for 1 min.`,
        why: "Ssh: no route to host.",
      },
    ]);
    kept.find(lostAt);
    await kept.pass(minutes(1) - 1);
    expect((await alerts()).map(({ events }) => events)).toEqual([["fired", "resolved"]]);
    await kept.pass(1);
    expect((await alerts()).filter(({ rule }) => rule === "error")).toHaveLength(50);
  });
});

describe("expected windows", () => {
  it("a command holds back what it causes itself; if it ends well nobody is told", async () => {
    const { clock, kept, rules } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running"], operator);
    kept.command("web", { event: "restart" });
    kept.move("web", ["Restarting", "Error"], operator);
    await kept.pass(minutes(6));
    kept.move("web", ["Starting", "Running"], operator);
    kept.command("web", { event: "restart", status: "proven", settledAt: clock.now().at });
    await kept.pass(minutes(30));
    expect(await rules()).toEqual([]);
  });

  it("if it does not, it is told when the command is settled", async () => {
    const { clock, kept, rules } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running"], operator);
    kept.command("web", { event: "restart" });
    kept.move("web", ["Restarting", "Error"], operator);
    await kept.pass(minutes(6));
    expect(await rules()).toEqual([]);
    const late = { status: "timed-out", settledAt: clock.now().at, detail: "Error after 720 s." } as const;
    kept.command("web", { event: "restart", ...late });
    await kept.written();
    expect((await rules()).sort()).toEqual(["command-failed: fired", "error: fired"]);
    kept.move("web", ["Starting", "Running"], operator);
    await kept.written();
    expect((await rules()).sort()).toEqual(["command-failed: fired, resolved", "error: fired, resolved"]);
  });

  it("how long a start may take is what its limit says, whoever asked for it", async () => {
    const { kept, rules } = await openHost();
    kept.move("web", ["Stopped"]);
    kept.command("web", {});
    kept.move("web", ["Starting"], operator);
    await kept.pass(minutes(10));
    expect(await rules()).toEqual(["starting: fired"]);
  });

  it("what had begun before the command is told all the same", async () => {
    const { kept, rules } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(minutes(4));
    kept.command("web", { event: "reset" });
    await kept.pass(minutes(1));
    expect(await rules()).toEqual(["error: fired"]);
  });

  it("a command that failed is told at once, and over with a later one that succeeds", async () => {
    const { clock, kept, alerts } = await openHost();
    kept.move("web", ["Stopped"]);
    kept.command("web", {});
    kept.move("web", ["Starting", "Error"], { ...operator, kind: "service", detail: "exited with code 4" });
    kept.command("web", {
      status: "failed",
      settledAt: clock.now().at,
      detail: "Error instead: exited with code 4",
    });
    await kept.written();
    expect(await alerts()).toMatchObject([
      { rule: "command-failed", why: "Error instead: exited with code 4.", events: ["fired"] },
    ]);
    await kept.pass(1_000);
    const second = { id: "command-2", event: "reset", requestedAt: clock.now().at } as const;
    kept.command("web", second);
    kept.move("web", ["Stopped"], operator);
    kept.command("web", { ...second, status: "proven", settledAt: clock.now().at });
    await kept.written();
    expect(await alerts()).toMatchObject([
      { events: ["fired", "resolved"], because: "A later command succeeded." },
    ]);
  });

  it("maintenance keeps from firing, and at its end what still holds fires", async () => {
    const { name, clock, kept, rules } = await openHost("web", "other");
    await createSilence(test.database, {
      kind: "maintenance",
      matcher: { service: `${name}/web` },
      startsAt: clock.now().at,
      endsAt: clock.now().at + 1_200_000_000,
      why: "a new version",
      actor: "anna",
    });
    await kept.keeper.wake();
    for (const service of ["web", "other"]) kept.move(service, ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(minutes(20) - 1);
    expect(await rules()).toEqual(["error: fired"]);
    await kept.pass(1);
    expect(await rules()).toEqual(["error: fired", "error: fired"]);
  });
});

describe("silences", () => {
  it("what fires under one is silenced from the first moment, and told when the silence is over", async () => {
    const { clock, kept, rules } = await openHost();
    await createSilence(test.database, {
      kind: "silence",
      matcher: { host: kept.watch.host, rule: "error" },
      startsAt: clock.now().at,
      endsAt: clock.now().at + 600_000_000,
      why: "known",
      actor: "anna",
    });
    await kept.keeper.wake();
    kept.move("web", ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(minutes(5));
    expect(await rules()).toEqual(["error: fired, silenced"]);
    await kept.pass(minutes(5));
    expect(await rules()).toEqual(["error: fired, silenced, unsilenced"]);
  });

  it("one that is made later silences what fires already, also over a restart, until somebody ends it", async () => {
    const { clock, kept, reopen, rules, alerts } = await openHost();
    kept.move("web", ["Stopped", "Starting", "Running", "Error"]);
    await kept.pass(minutes(5));
    const { id } = await createSilence(test.database, {
      kind: "silence",
      matcher: { tag: "web", host: kept.watch.host },
      startsAt: clock.now().at,
      endsAt: clock.now().at + 3_600_000_000,
      why: "known",
      actor: "anna",
    });
    await kept.keeper.wake();
    await kept.written();
    expect(await rules()).toEqual(["error: fired, silenced"]);
    await kept.kill();
    const again = await reopen();
    await again.written();
    expect(await rules()).toEqual(["error: fired, silenced"]);
    await endSilence(test.database, { id, actor: "bert" });
    await again.keeper.wake();
    await again.written();
    expect(await rules()).toEqual(["error: fired, silenced, unsilenced"]);
    const [alert] = await alerts();
    const [last] = await test.database.sql`SELECT actor FROM alert_event WHERE alert_id = ${alert?.id ?? ""}
      ORDER BY id DESC LIMIT 1`;
    expect(last).toMatchObject({ actor: "bert" });
  });
});

it("each change is told to browsers as the alert is then, and the service says how many it has", async () => {
  const { name, kept, alerts } = await openHost();
  kept.move("web", ["Stopped", "Starting", "Running", "Error"]);
  await kept.pass(minutes(5));
  const [alert] = await alerts();
  await acknowledgeAlert(test.database, { id: alert?.id ?? "", actor: "anna", note: "on it" });
  kept.move("web", ["Starting", "Running"], operator);
  await kept.written();
  const told = await test.database.sql<{ payload: { status: string; service: string }; touched: boolean }[]>`
    SELECT payload, EXISTS (SELECT 1 FROM feed s WHERE s.kind = 'service' AND s.service_id = feed.service_id) AS touched
    FROM feed WHERE kind = 'alert' AND payload->>'id' = ${alert?.id ?? ""} ORDER BY id`;
  expect(told.map(({ payload }) => payload.status)).toEqual(["firing", "acknowledged", "resolved"]);
  expect(told.every(({ payload, touched }) => touched && payload.service === `${name}/web`)).toBe(true);
});

it("health that fails for five minutes while it runs is told, and what a rule's limit is off is not", async () => {
  const { kept, rules } = await openHost("web", "quiet");
  const off = { ...defaultAlerts, limits: { ...defaultAlerts.limits, healthFailing: null } };
  await kept.keeper.load(kept.watch, {
    alerts: defaultAlerts,
    services: ["web", "quiet"].map((service) => ({
      serviceId: kept.idOf(service),
      id: `${kept.watch.host}/${service}`,
      group: null,
      tags: [],
      machine: kept.machine,
      isValidator: false,
      alerts: service === "quiet" ? off : defaultAlerts,
    })),
  });
  const failing = {
    process: { state: "running", detail: "pid 7" },
    health: { status: "failing", detail: "answered 500" },
    load: "loaded",
    activity: null,
  } as const;
  for (const service of ["web", "quiet"]) {
    kept.move(service, ["Stopped", "Starting", "Running"], operator);
    kept.push({ tag: "detail", serviceId: kept.idOf(service), detail: failing });
  }
  await kept.pass(minutes(5) - 1);
  expect(await rules()).toEqual([]);
  await kept.pass(1);
  expect(await rules()).toEqual(["health-failing: fired"]);
});

it("what takes longer than usual is told only where that is asked for and history can speak", async () => {
  const { kept, rules } = await openHost("web", "quiet");
  const on = { ...defaultAlerts, limits: { ...defaultAlerts.limits, unusual: 0 } };
  await kept.keeper.load(kept.watch, {
    alerts: defaultAlerts,
    services: ["web", "quiet"].map((service) => ({
      serviceId: kept.idOf(service),
      id: `${kept.watch.host}/${service}`,
      group: null,
      tags: [],
      machine: kept.machine,
      isValidator: false,
      alerts: service === "web" ? on : defaultAlerts,
    })),
  });
  for (const service of ["web", "quiet"]) {
    await test.database.sql`INSERT INTO stay_total (service_id, state, ms, entries, recent)
      VALUES (${kept.idOf(service)}, 'Starting', 0, 0, ${[41_000]}::bigint[])`;
    kept.move(service, ["Stopped", "Starting"], operator);
  }
  await kept.written();
  await expect.poll(() => kept.usualOf).toEqual([[41_000]]);
  await kept.pass(41_000);
  expect(await rules()).toEqual(["unusual: fired"]);
});
