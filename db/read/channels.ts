import { and, asc, eq, gt, sql } from "drizzle-orm";
import { notification, notificationChannel } from "../alert-schema";
import type { Handle } from "../open";

/** A channel of the present configuration, and what its outbox holds. */
export type ChannelRecord = typeof notificationChannel.$inferSelect & {
  readonly waiting: number;
  /** Messages of alerts that were never delivered; tests that failed do not count. */
  readonly givenUp: number;
};

/** A page of them, by name. @param after the last name of the page before. */
export async function findChannels(
  db: Handle,
  after: string | undefined,
  limit: number,
): Promise<ChannelRecord[]> {
  const held = db.$with("held").as(
    db
      .select({
        channel: notification.channel,
        waiting: sql<number>`count(*) FILTER (WHERE status = 'queued')::int`.as("waiting"),
        givenUp: sql<number>`count(*) FILTER (WHERE status = 'given-up' AND event_id IS NOT NULL)::int`.as(
          "given_up",
        ),
      })
      .from(notification)
      .groupBy(notification.channel),
  );
  const present = eq(notificationChannel.present, true);
  const rows = await db
    .with(held)
    .select()
    .from(notificationChannel)
    .leftJoin(held, eq(held.channel, notificationChannel.name))
    .where(after === undefined ? present : and(present, gt(notificationChannel.name, after)))
    .orderBy(asc(notificationChannel.name))
    .limit(limit);
  return rows.map((row) => ({
    ...row.notification_channel,
    waiting: row.held?.waiting ?? 0,
    givenUp: row.held?.givenUp ?? 0,
  }));
}
