import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alert, alertEvent } from "@/db/alert-schema";
import { audit, service } from "@/db/schema";
import { addHost, addService } from "@/db/test-fleet";
import { tokenCommand } from "../auth/token-command";
import { now } from "../clock";
import type { Alert } from "../wire/alert";
import { alertRuleSchema, alertSchema, silenceSchema } from "../wire/alert";
import { thrashSchema } from "../wire/insight";
import { TestApi } from "./test-api";

let api: TestApi;
let viewer: string;

beforeAll(async () => {
  api = await TestApi.open();
  await api.observe();
  const printed: string[] = [];
  const stdout = { write: (text: string) => printed.push(text) };
  const parts = { stdout, stderr: process.stderr, database: api.store.database };
  await tokenCommand(["create", "--name", "onlooker", "--role", "viewer"], parts);
  viewer = printed.join("").trim();
});
afterAll(() => api.close());

const minute = 60_000_000;

let hosts = 0;
/** What became of alerts cannot be taken away: each test has a host of its own. */
let host = "";

async function openHost(): Promise<void> {
  hosts += 1;
  host = `host-${hosts}`;
  await addHost(api.store.database, host);
  await addService(api.store.database, host, "echo", { groupName: `${host}-edge` });
  await addService(api.store.database, host, "idle");
}

async function addAlert(changes: Partial<typeof alert.$inferInsert> & { readonly of?: string } = {}) {
  const { db } = api.store.database;
  const { of = "echo", ...rest } = changes;
  const [found] = await db
    .select()
    .from(service)
    .where(and(eq(service.name, of), eq(service.host, host)));
  const at = now().at;
  const row = {
    id: randomUUID(),
    rule: "error",
    severity: "critical" as const,
    host,
    serviceId: found?.id ?? null,
    since: at - 5 * minute,
    firedAt: at,
    summary: "toys/echo has been in Error for 5 min.",
    why: "Exited with code 5.",
    todo: "Check the error logs.",
    ...rest,
  };
  await db.insert(alert).values(row);
  await db.insert(alertEvent).values({ alertId: row.id, at: row.firedAt, what: "fired", note: row.why });
  return row.id;
}

async function list(query: string): Promise<{ items: Alert[]; next: string | null }> {
  const response = await api.get(`/api/v1/alerts?host=${host}&${query}`);
  expect(response.status).toBe(200);
  const body = (await response.json()) as { items: Alert[]; next: string | null };
  for (const item of body.items) alertSchema.parse(item);
  return body;
}

describe("the list of alerts", () => {
  it("tells what holds before what is over, each the newest first, page by page", async () => {
    await openHost();
    const at = now().at;
    const told = [
      await addAlert({ firedAt: at - 9 * minute, resolvedAt: at }),
      await addAlert({ rule: "starting", firedAt: at - 8 * minute }),
      await addAlert({ rule: "stopping", firedAt: at - 7 * minute }),
      await addAlert({ firedAt: at - 6 * minute, resolvedAt: at }),
    ];
    const wanted = [told[2], told[1], told[3], told[0]];
    expect((await list("")).items.map(({ id }) => id)).toEqual(wanted);
    const paged: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof list>> = await list(`limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(paged).toEqual(wanted);
  });

  it("is filtered by all that an alert is", async () => {
    await openHost();
    const echo = await addAlert();
    const idle = await addAlert({ of: "idle", rule: "thrash", severity: "warning" });
    const whole = await addAlert({ of: "", rule: "contact" });
    const ids = async (query: string) => (await list(query)).items.map(({ id }) => id).sort();
    expect(await ids("rule=error")).toEqual([echo]);
    expect(await ids("severity=warning")).toEqual([idle]);
    expect(await ids("rule=contact&host=other")).toEqual([whole]);
    expect(await ids(`service=${host}/echo&service=${host}/idle`)).toEqual([echo, idle].sort());
    expect(await ids(`group=${host}-edge`)).toEqual([echo]);
    expect(await ids("status=resolved")).toEqual([]);
    expect(await ids("status=firing")).toHaveLength(3);
  });

  it.each([
    ["?rule=eror", /is one of: error, starting/],
    ["?status=loud", /is one of: firing/],
    ["?severity=high", /is one of: critical/],
    ["?from=yesterday", /RFC 3339/],
    ["?limit=0", /whole number from 1/],
    ["?cursor=abc", /cursor/],
    ["?what=ever", /what/],
  ])("refuses %s in words", async (query, words) => {
    const response = await api.get(`/api/v1/alerts${query}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toMatch(words);
  });
});

describe("an acknowledgement", () => {
  it("is given once, with a note, is part of the alert's history and of the audit, and can be taken back", async () => {
    await openHost();
    const id = await addAlert();
    const given = await api.post(`/api/v1/alerts/${id}/acknowledge`, { note: " on it " });
    expect(given.status).toBe(200);
    expect(await given.json()).toMatchObject({
      status: "acknowledged",
      acknowledged: { by: "tester", note: "on it" },
    });
    const again = await api.post(`/api/v1/alerts/${id}/acknowledge`, {});
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ code: "conflict", detail: /^tester has acknowledged it/ });
    const back = await api.post(`/api/v1/alerts/${id}/unacknowledge`, {});
    expect(await back.json()).toMatchObject({ status: "firing", acknowledged: null });
    const one = await api.get(`/api/v1/alerts/${id}`);
    expect(((await one.json()) as { events: { what: string }[] }).events.map(({ what }) => what)).toEqual([
      "fired",
      "acknowledged",
      "unacknowledged",
    ]);
    const audited = await api.store.database.db.select().from(audit).where(eq(audit.target, id));
    expect(audited.map(({ action, outcome }) => `${action}: ${outcome}`)).toEqual([
      "alert acknowledge: allowed",
      "alert acknowledge: refused",
      "alert unacknowledge: allowed",
    ]);
  });

  it("of two at once one is first", async () => {
    await openHost();
    const id = await addAlert();
    const answers = await Promise.all([1, 2, 3].map(() => api.post(`/api/v1/alerts/${id}/acknowledge`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it("is refused for what is resolved, what is not there, and whoever may only look", async () => {
    await openHost();
    const id = await addAlert({ resolvedAt: now().at });
    expect((await api.post(`/api/v1/alerts/${id}/acknowledge`, {})).status).toBe(409);
    expect((await api.post(`/api/v1/alerts/${randomUUID()}/acknowledge`, {})).status).toBe(404);
    expect((await api.post("/api/v1/alerts/none/acknowledge", {})).status).toBe(404);
    expect((await api.post(`/api/v1/alerts/${id}/acknowledge`, { not: 1 })).status).toBe(422);
    const asViewer = { headers: { authorization: `Bearer ${viewer}` } };
    const refused = await api.post(`/api/v1/alerts/${id}/acknowledge`, {}, asViewer);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: "forbidden" });
    expect((await api.get("/api/v1/alerts", asViewer)).status).toBe(200);
  });
});

describe("silences and maintenance", () => {
  const wanted = { kind: "silence", matcher: { service: "toys/echo" }, forMs: 60_000, why: "known" };
  const ofHost = () => ({ ...wanted, matcher: { service: `${host}/echo` } });

  it("a silence shows at the alerts that it is about, until somebody ends it", async () => {
    await openHost();
    const id = await addAlert();
    const made = await api.post("/api/v1/silences", ofHost());
    expect(made.status).toBe(201);
    const silence = silenceSchema.parse(await made.json());
    expect(silence).toMatchObject({ createdBy: "tester", endedBy: null, why: "known" });
    expect((await list("status=silenced")).items).toMatchObject([
      { id, silencedBy: { id: silence.id, why: "known" } },
    ]);
    expect((await list("status=firing")).items).toEqual([]);
    const ended = await api.post(`/api/v1/silences/${silence.id}/end`, {});
    expect(await ended.json()).toMatchObject({ endedBy: "tester" });
    expect((await api.post(`/api/v1/silences/${silence.id}/end`, {})).status).toBe(409);
    expect((await list("status=firing")).items).toHaveLength(1);
    const all = (await (await api.get("/api/v1/silences")).json()) as { items: unknown[] };
    expect(all.items).toContainEqual(expect.objectContaining({ id: silence.id, endedBy: "tester" }));
    const told = await api.store.database.sql<{ status: string }[]>`
      SELECT payload->>'status' AS status FROM feed WHERE kind = 'alert' AND payload->>'id' = ${id} ORDER BY id`;
    expect(told.map(({ status }) => status)).toEqual(["silenced", "firing"]);
  });

  it("maintenance silences nothing that fires already", async () => {
    await openHost();
    await addAlert();
    expect((await api.post("/api/v1/silences", { ...ofHost(), kind: "maintenance" })).status).toBe(201);
    expect((await list("status=firing")).items).toHaveLength(1);
  });

  it.each([
    [{ matcher: {} }, /at least one of rule, host/],
    [{ matcher: { rule: "eror" } }, /rule: is one of: .*did you mean error\?/],
    [{ matcher: { service: "echo" } }, /is host\/name/],
    [{ matcher: { colour: "red" } }, /colour/],
    [{ kind: "quiet" }, /is one of: silence, maintenance/],
    [{ why: "  " }, /why: says why/],
    [{ forMs: undefined }, /endsAt: is missing/],
    [{ forMs: 0 }, /forMs/],
    [{ forMs: 400 * 86_400_000 }, /longer than a year/],
    [{ endsAt: "2099-01-01T00:00:00Z" }, /give one of them/],
    [{ forMs: undefined, endsAt: "2020-01-01T00:00:00Z" }, /ends before it begins/],
    [
      { forMs: undefined, startsAt: "2019-01-01T00:00:00Z", endsAt: "2019-02-01T00:00:00Z" },
      /it is over already/,
    ],
  ])("refuses %j in words", async (changes, words) => {
    const response = await api.post("/api/v1/silences", { ...wanted, ...changes });
    expect(response.status).toBe(422);
    expect(((await response.json()) as { detail: string }).detail).toMatch(words);
  });

  it("a viewer makes and ends none, and that it was asked for is kept", async () => {
    const asViewer = { headers: { authorization: `Bearer ${viewer}` } };
    expect((await api.post("/api/v1/silences", wanted, asViewer)).status).toBe(403);
    expect((await api.post(`/api/v1/silences/${randomUUID()}/end`, {}, asViewer)).status).toBe(403);
    const kept = await api.store.database.db.select().from(audit).where(eq(audit.actor, "onlooker"));
    expect(
      kept.filter(({ action }) => action.startsWith("silence")).every(({ outcome }) => outcome === "refused"),
    ).toBe(true);
  });
});

it("the rules are told with the limits that hold for the fleet", async () => {
  const rules = async () =>
    ((await (await api.get("/api/v1/alert-rules")).json()) as { items: unknown[] }).items.map((item) =>
      alertRuleSchema.parse(item),
    );
  expect((await rules()).find(({ id }) => id === "error")).toMatchObject({
    after: "5 min",
    origin: "specified",
  });
  await api.store.database.sql`INSERT INTO config_state (id, errors, at, alerts)
    VALUES (1, '{}', 0, '{"limits":{"error":2000,"starting":null},"thrash":{"errors":4,"withinMs":60000}}')
    ON CONFLICT (id) DO UPDATE SET alerts = excluded.alerts`;
  expect((await rules()).slice(0, 2).map(({ after }) => after)).toEqual(["2 s", "off"]);
  await api.store.database.sql`UPDATE config_state SET alerts = NULL`;
});

describe("thrash", () => {
  const address = "/api/v1/services/toys/echo/thrash";

  it("tells level, score, why, and what happened in each bucket by cause", async () => {
    const { sql } = api.store.database;
    const [row] = await sql<{ id: number; seq: number }[]>`SELECT id, seq FROM service WHERE name = 'echo'`;
    const at = now().at - 30 * minute;
    for (let n = 1; n <= 6; n++) {
      const [from, to] = n % 2 === 1 ? ["Running", "Error"] : ["Error", "Running"];
      const [told] = await sql<{ id: number }[]>`
        INSERT INTO transition (service_id, seq, from_state, to_state, event, at, observed_at, gap_us, source,
          source_key, declared, inferred, evidence, counted_at)
        VALUES (${row?.id ?? 0}, ${100 + n}, ${from ?? ""}, ${to ?? ""}, NULL, ${at + n * minute}, ${at}, 0,
          'process', ${`crash-${n}`}, true, false, '{}', ${Math.floor((at + n * minute) / 1000)})
        RETURNING id`;
      await sql`INSERT INTO attribution (transition_id, revision, kind, detail, recorded_at)
        VALUES (${told?.id ?? 0}, 1, ${n % 2 === 1 ? "service" : "operator"}, 'exited with code 5', ${at})`;
    }
    const response = await api.get(`${address}?bucket=1h`);
    expect(response.status).toBe(200);
    const thrash = thrashSchema.parse(await response.json());
    expect(thrash.buckets).toHaveLength(24);
    expect(thrash.buckets.reduce((sum, { transitions }) => sum + transitions, 0)).toBe(6);
    expect(thrash.buckets.reduce((sum, { unintended }) => sum + unintended, 0)).toBe(3);
    expect(thrash.buckets.find(({ transitions }) => transitions > 0)?.causes).toMatchObject({ service: 3 });
    expect(thrash.level).toBe("none");
    const then = new Date((at + 7 * minute) / 1000).toISOString();
    const past = thrashSchema.parse(await (await api.get(`${address}?to=${then}`)).json());
    expect(past).toMatchObject({ level: "crash-loop", bucketMs: 900_000, startLimit: null });
    expect(past.why).toMatch(/^It came into Error by itself 3 times within 4 min/);
  });

  it.each([
    ["?bucket=0", /bucket: must be a duration/],
    ["?bucket=0s", /bucket: must be a duration/],
    ["?bucket=-5m", /bucket: must be a duration/],
    ["?bucket=1s", /more than 2000/],
    ["?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", /ends before it begins/],
    ["?from=2100-01-01T00:00:00Z", /begins in the future/],
    ["?from=1900-01-01T00:00:00Z", /longer than/],
  ])("refuses %s in words", async (query, words) => {
    const response = await api.get(address + query);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toMatch(words);
  });
});
