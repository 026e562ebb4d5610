import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ChannelKind, RouteConfig } from "../../lib/config/notify-config";
import { alertEvent, notification } from "../alert-schema";
import { findChannels } from "../read/channels";
import { readToldFiring } from "../read/told-alerts";
import { changeAlert, emptyOutbox, fireAlert, resolveAlert } from "../test-alerts";
import { openTestDatabase, type TestDatabase } from "../test-database";
import { addHost, addService } from "../test-fleet";
import { type ClaimedDelivery, claimDelivery } from "./claim-notifications";
import { fillOutbox } from "./fill-outbox";
import { pruneNotifications } from "./prune-notifications";
import { settleDelivery } from "./settle-notifications";
import { syncChannels } from "./sync-channels";

let store: TestDatabase;
let serviceId = 0;
const db = () => store.database;
const at = 1_796_000_000_000_000;
const second = 1_000_000;
const digest = { above: 5, withinMs: 10_000 };

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(db(), "toys");
  serviceId = await addService(db(), "toys", "echo", { groupName: "edge", tags: ["web"], kind: "service" });
});
afterAll(() => store.close());
beforeEach(async () => {
  await emptyOutbox(db());
  await syncChannels(db(), plan(["hook", "webhook"], ["mail", "email"]).channels.map(wanted), at);
});

const wanted = ({ name, kind }: { name: string; kind: string }) => ({ name, kind, target: "x" });

function plan(...channels: [string, ChannelKind][]) {
  const routes: RouteConfig[] = [];
  return { channels: channels.map(([name, kind]) => ({ name, kind })), routes };
}
const both = plan(["hook", "webhook"], ["mail", "email"]);
const any = { severity: null, group: null, tag: null, host: null, rule: null, kind: null };

/** What waits, as `channel what`, in the order of events. */
async function queued(): Promise<string[]> {
  const rows = await db().db.select().from(notification).orderBy(notification.eventId, notification.channel);
  return rows.map(({ channel, payload }) => `${channel} ${(payload as { what: string }).what}`);
}

async function claim(channel = "hook", when = at + second): Promise<ClaimedDelivery> {
  const claimed = await claimDelivery(db(), channel, digest, 30 * second, when);
  if (claimed.tag !== "delivery") throw new Error(JSON.stringify(claimed));
  return claimed;
}
const sent = { tag: "sent", remark: null } as const;

describe("what is told", () => {
  test("an alert that fires and is over, once to each channel", async () => {
    const id = await fireAlert(db(), { host: "toys", serviceId });
    expect(await fillOutbox(db(), both, at)).toBe("done");
    await resolveAlert(db(), id);
    for (const _ of [1, 2, 3]) await fillOutbox(db(), both, at);
    expect(await queued()).toEqual(["hook fired", "mail fired", "hook resolved", "mail resolved"]);
    const [first] = await db().db.select().from(notification).orderBy(notification.eventId).limit(1);
    expect(first?.payload).toMatchObject({
      tag: "alert",
      alert: { id, status: "firing", resolvedAt: null, service: "toys/echo", group: "edge" },
    });
  });

  test("an alert about a group by the routes of the group, not by those of a host on which a member is", async () => {
    const to = (name: string, changes: Partial<RouteConfig>): RouteConfig => ({
      ...{ ...any, ...changes },
      ...{ to: [name], resolved: true, continue: true },
    });
    await fireAlert(db(), { host: "toys", group: "edge", rule: "quorum-lost" });
    const routes = [to("hook", { host: "toys" }), to("mail", { group: "edge", rule: "quorum-lost" })];
    await fillOutbox(db(), { ...both, routes }, at);
    expect(await queued()).toEqual(["mail fired"]);
    const [row] = await db().db.select().from(notification);
    expect(row?.payload).toMatchObject({ alert: { service: null, group: "edge" }, runbook: null });
  });

  test("what both began and ended before anybody looked", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await resolveAlert(db(), id);
    await fillOutbox(db(), both, at);
    const rows = await db().db.select().from(notification).where(eq(notification.channel, "hook"));
    expect(rows.map(({ payload }) => payload)).toMatchObject([
      { what: "fired", alert: { status: "firing", resolvedAt: null, service: null } },
      { what: "resolved", alert: { status: "resolved", resolvedBecause: "It is Running again." } },
    ]);
  });

  test("not what is silenced as it fires, nor its end; but that it still holds after the silence", async () => {
    const quiet = await fireAlert(db(), { host: "toys", silenced: true });
    await resolveAlert(db(), quiet);
    const held = await fireAlert(db(), { host: "toys", silenced: true });
    await fillOutbox(db(), both, at);
    expect(await queued()).toEqual([]);
    await changeAlert(db(), held, "unsilenced");
    await resolveAlert(db(), held);
    await fillOutbox(db(), both, at);
    expect(await queued()).toEqual(["hook unsilenced", "mail unsilenced", "hook resolved", "mail resolved"]);
  });

  test("that somebody took it on, to webhooks alone, and who", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await changeAlert(db(), id, "acknowledged");
    await changeAlert(db(), id, "unacknowledged");
    await fillOutbox(db(), both, at);
    expect(await queued()).toEqual(["hook fired", "mail fired", "hook acknowledged"]);
    const [row] = await db().db.select().from(notification).where(sql`payload->>'what' = 'acknowledged'`);
    expect(row?.payload).toMatchObject({ actor: "night shift" });
  });

  test("by routes, with the group and tags of the service", async () => {
    const routes = [
      { ...any, group: "edge", tag: "web", to: ["hook"], resolved: false, continue: false },
      { ...any, severity: ["warning" as const], to: ["mail"], resolved: true, continue: false },
    ];
    const first = await fireAlert(db(), { host: "toys", serviceId });
    const other = await fireAlert(db(), { host: "toys", severity: "warning" });
    await fireAlert(db(), { host: "toys", severity: "info" });
    for (const id of [first, other]) await resolveAlert(db(), id);
    await fillOutbox(db(), { ...both, routes }, at);
    expect(await queued()).toEqual(["hook fired", "mail fired", "mail resolved"]);
  });

  test("nothing of the past to a channel that is new", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), plan(["hook", "webhook"]), at);
    await resolveAlert(db(), id);
    await fillOutbox(db(), both, at);
    expect(await queued()).toEqual(["hook fired", "hook resolved"]);
  });
});

describe("nothing is lost or doubled", () => {
  test("where many fill the outbox at once", async () => {
    for (let n = 0; n < 10; n++) await fireAlert(db(), { host: "toys" });
    const fillers = Array.from({ length: 6 }, async () => {
      for (let tries = 0; tries < 200 && (await fillOutbox(db(), both, at)) !== "done"; tries++);
    });
    await Promise.all(fillers);
    expect(await queued()).toHaveLength(20);
  });

  test("where an event with a lower id is committed later", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let began = () => {};
    const writing = new Promise<void>((resolve) => {
      began = resolve;
    });
    const slow = db().db.transaction(async (tx) => {
      await tx.insert(alertEvent).values({ alertId: id, at, what: "acknowledged" });
      began();
      await held;
    });
    await writing;
    await resolveAlert(db(), id);
    expect(await fillOutbox(db(), both, at)).toBe("busy");
    finish();
    await slow;
    expect(await fillOutbox(db(), both, at)).toBe("done");
    expect(await queued()).toEqual([
      "hook fired",
      "mail fired",
      "hook acknowledged",
      "hook resolved",
      "mail resolved",
    ]);
  });

  test("where more became of alerts than one look takes", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await db().db.execute(sql`INSERT INTO alert_event (alert_id, at, what)
      SELECT ${id}, n, 'acknowledged' FROM generate_series(1, 1200) n`);
    const looks = [];
    for (let look = ""; look !== "done"; looks.push(look)) look = await fillOutbox(db(), both, at);
    expect(looks).toEqual(["more", "more", "done"]);
    expect(await queued()).toHaveLength(1_202);
  });
});

describe("a delivery", () => {
  test("belongs to one of many who ask at once, and so does the channel", async () => {
    for (let n = 0; n < 3; n++) await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const asking = Array.from({ length: 8 }, () => claimDelivery(db(), "hook", digest, 30 * second, at));
    const claims = await Promise.all(asking);
    expect(claims.filter(({ tag }) => tag === "delivery")).toHaveLength(1);
    expect(claims.filter(({ tag }) => tag === "wait")).toHaveLength(7);
    expect((await claimDelivery(db(), "mail", digest, 30 * second, at)).tag).toBe("delivery");
  });

  test("is given again, the same under the same id, when whoever took it has died", async () => {
    for (let n = 0; n < 7; n++) await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const first = await claim();
    expect(first.delivery.tellings).toHaveLength(7);
    await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    expect(await claimDelivery(db(), "hook", digest, 30 * second, at + 2 * second)).toEqual({
      tag: "wait",
      until: at + 31 * second,
    });
    expect((await claim("hook", at + 40 * second)).delivery).toEqual(first.delivery);
  });

  test("that was sent is not given again; what follows its alert refers to it", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const first = await claim("mail");
    await settleDelivery(db(), first, sent, at + second);
    expect(await claimDelivery(db(), "mail", digest, second, at + second)).toEqual({ tag: "nothing" });
    await resolveAlert(db(), id);
    await fillOutbox(db(), both, at);
    const { delivery } = await claim("mail");
    expect(delivery.repliesTo).toBe(first.delivery.id);
    expect(delivery.id).not.toBe(first.delivery.id);
  });

  test("that failed is tried again in its turn, with the reason for people", async () => {
    await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const first = await claim();
    const nextAt = at + 60 * second;
    await settleDelivery(db(), first, { tag: "again", reason: "HTTP 500", nextAt, refused: false }, at);
    expect(await claimDelivery(db(), "hook", digest, second, at)).toEqual({ tag: "wait", until: nextAt });
    const again = await claim("hook", nextAt);
    expect(again).toMatchObject({ failures: 1, delivery: first.delivery });
    expect(await findChannels(db().db, undefined, 1)).toMatchObject([
      { name: "hook", waiting: 1, givenUp: 0, lastError: "HTTP 500", lastErrorAt: at, lastSentAt: null },
    ]);
  });

  test("that the receiver does not want lets the others pass, but for later news of its alert", async () => {
    const poison = await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const nextAt = at + 300 * second;
    await settleDelivery(
      db(),
      await claim(),
      { tag: "again", reason: "HTTP 400", nextAt, refused: true },
      at,
    );
    await resolveAlert(db(), poison);
    const fine = await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const passing = await claim();
    expect(passing.delivery.tellings).toMatchObject([{ alert: { id: fine } }]);
    await settleDelivery(db(), passing, sent, at);
    expect(await claimDelivery(db(), "hook", digest, second, at)).toEqual({ tag: "wait", until: nextAt });
    const late = await claim("hook", nextAt);
    expect(late.delivery.tellings).toMatchObject([{ what: "fired", alert: { id: poison } }]);
    await settleDelivery(db(), late, sent, nextAt);
    expect((await claim("hook", nextAt)).delivery.tellings).toMatchObject([{ what: "resolved" }]);
  });

  test("that is given up takes with it what only makes sense after it", async () => {
    const id = await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    await resolveAlert(db(), id);
    await fillOutbox(db(), both, at);
    await settleDelivery(db(), await claim(), { tag: "given-up", reason: "HTTP 500" }, at);
    expect(await claimDelivery(db(), "hook", digest, second, at)).toEqual({ tag: "nothing" });
    expect(await findChannels(db().db, undefined, 1)).toMatchObject([{ waiting: 0, givenUp: 2 }]);
  });

  test("that was broken off is there for the next, under its id", async () => {
    await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const first = await claim();
    await settleDelivery(db(), first, { tag: "released" }, at);
    expect(await claim()).toEqual(first);
  });
});

describe("a changed configuration", () => {
  test("gives up what waits for a channel that is gone, and tries the rest at once", async () => {
    await fireAlert(db(), { host: "toys" });
    await fillOutbox(db(), both, at);
    const nextAt = at + 3_600 * second;
    const failure = { tag: "again", reason: "HTTP 401", nextAt, refused: true } as const;
    for (const name of ["hook", "mail"]) await settleDelivery(db(), await claim(name), failure, at);
    await syncChannels(db(), [wanted({ name: "hook", kind: "webhook" })], at + second);
    expect((await claim("hook")).failures).toBe(1);
    expect(await findChannels(db().db, undefined, 10)).toMatchObject([{ name: "hook" }]);
    const [gone] = await db().db.select().from(notification).where(eq(notification.channel, "mail"));
    expect(gone).toMatchObject({ status: "given-up", lastError: "the channel left the configuration" });
  });
});

test("what an Alertmanager is told again is what holds and was told there", async () => {
  const [holds, over] = [await fireAlert(db(), { host: "toys" }), await fireAlert(db(), { host: "toys" })];
  await fillOutbox(db(), both, at);
  for (const _ of [1, 2]) await settleDelivery(db(), await claim(), sent, at);
  await fireAlert(db(), { host: "toys" });
  await fillOutbox(db(), both, at);
  await resolveAlert(db(), over);
  expect(await readToldFiring(db().db, "hook", at)).toMatchObject([{ id: holds, status: "firing" }]);
  expect(await readToldFiring(db().db, "mail", at)).toEqual([]);
});

test("after a month what was sent is dropped, but not of an alert that still holds", async () => {
  const [holds, over] = [await fireAlert(db(), { host: "toys" }), await fireAlert(db(), { host: "toys" })];
  await fillOutbox(db(), both, at);
  for (const name of ["hook", "mail"])
    for (const _ of [1, 2]) await settleDelivery(db(), await claim(name), sent, at);
  await resolveAlert(db(), over);
  const month = 31 * 24 * 3_600 * second;
  await pruneNotifications(db().sql, at + second);
  expect(await queued()).toHaveLength(4);
  await pruneNotifications(db().sql, at + month);
  const rows = await db().db.select().from(notification);
  expect(new Set(rows.map(({ alertId }) => alertId))).toEqual(new Set([holds]));
});
