import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { now, toRfc3339 } from "../../lib/clock";
import type { TestTelling } from "../../lib/notify/telling";
import { notification, notificationChannel } from "../alert-schema";
import { channels } from "../channels";
import type { Database } from "../open";
import { appendAudit } from "./append-audit";

/**
 * Queues a message by which a person sees whether a channel works; one that still waits serves for
 * whoever asks next.
 * @returns its id, or null if there is no such channel.
 */
export async function requestChannelTest(
  { db }: Database,
  channel: string,
  actor: string,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const { at } = now();
    // Held until the commit: two who ask at once get one message.
    const [found] = await tx
      .select()
      .from(notificationChannel)
      .where(and(eq(notificationChannel.name, channel), eq(notificationChannel.present, true)))
      .for("update");
    if (!found) return null;
    const ofChannel = and(eq(notification.channel, channel), isNull(notification.eventId));
    const [waiting] = await tx
      .select({ id: notification.id })
      .from(notification)
      .where(and(ofChannel, eq(notification.status, "queued")));
    const id = waiting?.id ?? randomUUID();
    const payload: TestTelling = { tag: "test", at: toRfc3339(at), by: actor };
    const row = { id, channel, payload, status: "queued" as const, createdAt: at, nextAt: at };
    if (!waiting) await tx.insert(notification).values(row);
    const asked = { action: "channel test", target: channel, outcome: "allowed" as const, detail: null };
    await appendAudit(tx, { at, actor, ...asked });
    await tx.execute(sql`SELECT pg_notify(${channels.alert}, '')`);
    return id;
  });
}
