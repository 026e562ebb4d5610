import { randomUUID } from "node:crypto";
import { eq, max, sql } from "drizzle-orm";
import { now } from "../lib/clock";
import type { AlertChange } from "../lib/wire/alert";
import { alert, alertEvent, notification, notificationChannel, notificationCursor } from "./alert-schema";
import { channels } from "./channels";
import type { Database, Handle } from "./open";

/** Alerts as an engine would leave them, for tests of those who tell of them. */

export interface TestAlert {
  readonly host: string;
  readonly serviceId?: number;
  /** It is about this group as a whole. */
  readonly group?: string;
  readonly rule?: string;
  readonly severity?: "critical" | "warning" | "info";
  readonly summary?: string;
  /** It is silenced in the moment in which it fires. */
  readonly silenced?: boolean;
}

/** One that fires now, with its event. @returns its id. */
export async function fireAlert({ db }: Database, about: TestAlert): Promise<string> {
  const { host, serviceId, rule = `rule-${randomUUID()}`, severity = "critical", silenced } = about;
  const id = randomUUID();
  const { at } = now();
  await db.transaction(async (tx) => {
    await tx.insert(alert).values({
      ...{ id, rule, severity, host, serviceId, groupName: about.group },
      ...{ since: at - 300_000_000, firedAt: at },
      summary: about.summary ?? `${host} has been in Error for 5 min.`,
      why: "It exited with code 3.",
      todo: "Read its log.",
    });
    await addEvent(tx, id, "fired", at);
    if (silenced) await addEvent(tx, id, "silenced", at);
  });
  return id;
}

export async function resolveAlert({ db }: Database, id: string): Promise<void> {
  const { at } = now();
  await db.transaction(async (tx) => {
    await tx
      .update(alert)
      .set({ resolvedAt: at, resolvedBecause: "It is Running again." })
      .where(eq(alert.id, id));
    await addEvent(tx, id, "resolved", at);
  });
}

/** As if nothing had happened yet: events stay, but count as told. */
export async function emptyOutbox({ db }: Database): Promise<void> {
  await db.delete(notification);
  await db.delete(notificationChannel);
  await db.delete(notificationCursor);
  const [last] = await db.select({ id: max(alertEvent.id) }).from(alertEvent);
  await db.insert(notificationCursor).values({ id: 1, eventId: last?.id ?? 0 });
}

/** What else became of it. */
export async function changeAlert({ db }: Database, id: string, what: AlertChange): Promise<void> {
  await db.transaction((tx) => addEvent(tx, id, what, now().at));
}

async function addEvent(tx: Handle, alertId: string, what: AlertChange, at: number): Promise<void> {
  const actor = what === "acknowledged" ? "night shift" : null;
  await tx.insert(alertEvent).values({ alertId, at, what, actor });
  await tx.execute(sql`SELECT pg_notify(${channels.alert}, '')`);
}
