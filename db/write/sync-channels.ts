import { and, eq, inArray, notInArray, sql } from "drizzle-orm";
import { notification, notificationChannel } from "../alert-schema";
import type { Database } from "../open";

export interface WantedChannel {
  readonly name: string;
  readonly kind: string;
  /** Where it leads, without what may not be shown. */
  readonly target: string;
}

/**
 * Takes the channels of a configuration over. What waits for one that is gone is given up; what waits
 * for the others is tried at once, since what was wrong may have been mended.
 */
export async function syncChannels(
  { db }: Database,
  channels: readonly WantedChannel[],
  at: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    const names = channels.map(({ name }) => name);
    await tx
      .update(notificationChannel)
      .set({ present: false })
      .where(names.length > 0 ? notInArray(notificationChannel.name, names) : undefined);
    for (const { name, kind, target } of channels.toSorted((one, other) => (one.name < other.name ? -1 : 1)))
      await tx
        .insert(notificationChannel)
        .values({ name, kind, target, present: true })
        .onConflictDoUpdate({ target: notificationChannel.name, set: { kind, target, present: true } });
    const queued = eq(notification.status, "queued");
    await tx
      .update(notification)
      .set({ status: "given-up", claimedUntil: null, lastError: "the channel left the configuration" })
      .where(and(queued, names.length > 0 ? notInArray(notification.channel, names) : undefined));
    if (names.length === 0) return;
    await tx
      .update(notification)
      .set({ nextAt: sql`least(${notification.nextAt}, ${at}::bigint)` })
      .where(and(queued, inArray(notification.channel, names)));
  });
}
