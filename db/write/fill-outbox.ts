import { randomUUID } from "node:crypto";
import { and, inArray, max, ne, sql } from "drizzle-orm";
import { toRfc3339 } from "../../lib/clock";
import type { ChannelKind, RouteConfig } from "../../lib/config/notify-config";
import { channelsFor, wantsResolved } from "../../lib/notify/route";
import { type AlertTelling, type Tellable, tellable } from "../../lib/notify/telling";
import { alertAsOf } from "../../lib/wire/alert-as-told";
import { alertEvent, notification, notificationCursor } from "../alert-schema";
import { channels as wakes } from "../channels";
import type { Database, Handle } from "../open";
import { readEventsAfter, type UntoldEvent } from "../read/untold-events";

export interface OutboxPlan {
  readonly channels: readonly { readonly name: string; readonly kind: ChannelKind }[];
  readonly routes: readonly RouteConfig[];
}

/** `busy`: somebody else fills it, or writes events at this moment. `more`: not all events were read. */
export type Filled = "busy" | "done" | "more";

const mostEvents = 500;

/**
 * Puts what became of alerts since the last time into the outbox, a row for each channel that is to be
 * told, and moves on, in one transaction. Told are: that an alert fired, if no silence held then; that
 * it still holds where a silence ended; that it was taken on, to webhooks; and that it is over. The last
 * two only where it was told before.
 */
export async function fillOutbox({ db }: Database, plan: OutboxPlan, at: number): Promise<Filled> {
  if (!(await hasUntold(db))) return "done";
  const horizon = await readHorizon(db);
  return horizon === null ? "busy" : db.transaction((tx) => fill(tx, plan, horizon, at));
}

async function hasUntold(db: Handle): Promise<boolean> {
  const found = await db.execute(sql`SELECT 1 FROM ${alertEvent} WHERE ${alertEvent.id} >
    coalesce((SELECT event_id FROM notification_cursor WHERE id = 1), 0) LIMIT 1`);
  return found.length > 0;
}

/**
 * The highest id below which no further event can appear: ids are not given in the order of commits,
 * so it is read at a moment in which nobody writes. Null while somebody does.
 */
async function readHorizon(db: Database["db"]): Promise<number | null> {
  try {
    return await db.transaction(async (tx) => {
      // Whoever writes waits for this one answer; never for a process that was paused here.
      await tx.execute(sql`SET LOCAL idle_in_transaction_session_timeout = '2s'`);
      await tx.execute(sql`LOCK TABLE ${alertEvent} IN SHARE MODE NOWAIT`);
      const [row] = await tx.select({ id: max(alertEvent.id) }).from(alertEvent);
      return row?.id ?? 0;
    });
  } catch (error) {
    if (isLocked(error)) return null;
    throw error;
  }
}

async function fill(tx: Handle, plan: OutboxPlan, horizon: number, at: number): Promise<Filled> {
  await tx.insert(notificationCursor).values({ id: 1, eventId: 0 }).onConflictDoNothing();
  const [cursor] = await tx.select().from(notificationCursor).for("update", { skipLocked: true });
  if (!cursor) return "busy";
  const events = await readEventsAfter(tx, cursor.eventId, horizon, mostEvents);
  const last = events.at(-1);
  if (!last) return "done";
  const rows = await rowsFor(tx, events, plan, at);
  if (rows.length > 0) {
    await tx.insert(notification).values(rows).onConflictDoNothing();
    await tx.execute(sql`SELECT pg_notify(${wakes.alert}, '')`);
  }
  await tx.update(notificationCursor).set({ eventId: last.event.id });
  return events.length === mostEvents ? "more" : "done";
}

type Row = typeof notification.$inferInsert;

async function rowsFor(
  tx: Handle,
  events: readonly UntoldEvent[],
  plan: OutboxPlan,
  at: number,
): Promise<Row[]> {
  const told = await readTold(tx, [...new Set(events.map(({ alert }) => alert.id))]);
  return events.flatMap((untold) => {
    const what = tellable.find((known) => known === untold.event.what);
    if (what === undefined) return [];
    return wantedBy(untold, what, plan, told).map((channel) => {
      told.add(`${untold.alert.id} ${channel}`);
      return rowOf(untold, what, channel, at);
    });
  });
}

function wantedBy(
  { alert, subject, event, bornSilent }: UntoldEvent,
  what: Tellable,
  { channels, routes }: OutboxPlan,
  told: ReadonlySet<string>,
): readonly string[] {
  const wasTold = (name: string) => told.has(`${alert.id} ${name}`);
  const names = channels.map(({ name }) => name);
  switch (what) {
    case "fired":
      return bornSilent ? [] : channelsFor(subject, routes, names);
    case "unsilenced": {
      const holds = alert.resolvedAt === null || alert.resolvedAt > event.at;
      return !holds ? [] : channelsFor(subject, routes, names);
    }
    case "acknowledged":
      return channels.filter(({ name, kind }) => kind === "webhook" && wasTold(name)).map(({ name }) => name);
    case "resolved":
      return names.filter((name) => wasTold(name) && wantsResolved(subject, routes, name));
  }
}

/** Which of these alerts were told, or are about to be, through which channel: `alert channel`. */
async function readTold(tx: Handle, alertIds: string[]): Promise<Set<string>> {
  const rows = await tx
    .selectDistinct({ alertId: notification.alertId, channel: notification.channel })
    .from(notification)
    .where(and(inArray(notification.alertId, alertIds), ne(notification.status, "given-up")));
  return new Set(rows.map(({ alertId, channel }) => `${alertId} ${channel}`));
}

function rowOf({ event, alert, subject, runbook }: UntoldEvent, what: Tellable, channel: string, at: number) {
  const { actor, note } = event;
  const payload: AlertTelling = {
    tag: "alert",
    what,
    at: toRfc3339(event.at),
    actor,
    note,
    alert: alertAsOf(alert, subject, heldAt(what, event.at, alert)),
    runbook,
  };
  return {
    id: randomUUID(),
    channel,
    eventId: event.id,
    alertId: alert.id,
    payload,
    status: "queued" as const,
    createdAt: at,
    nextAt: at,
  };
}

/** The event and what it says of its alert are of one moment, whichever was written a little later. */
function heldAt(what: Tellable, at: number, { resolvedAt, acknowledgedAt }: UntoldEvent["alert"]): number {
  switch (what) {
    case "fired":
    case "unsilenced":
      return at;
    case "acknowledged":
      return Math.max(at, acknowledgedAt ?? at);
    case "resolved":
      return Math.max(at, resolvedAt ?? at);
  }
}

/** SQLSTATE lock_not_available: nothing was changed, and it is tried again. */
function isLocked(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return code === "55P03" || cause?.code === "55P03";
}
