import { and, eq, inArray, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { notification, notificationChannel } from "../alert-schema";
import type { Database, Handle } from "../open";
import type { ClaimedDelivery } from "./claim-notifications";

/** What became of a delivery that was tried. */
export type Settlement =
  | { readonly tag: "sent"; readonly remark: string | null }
  /** `refused`: the receiver said no to it; it stands aside, and what goes together is decided anew. */
  | {
      readonly tag: "again";
      readonly reason: string;
      readonly nextAt: number;
      readonly refused: boolean;
    }
  | { readonly tag: "given-up"; readonly reason: string }
  /** It was not tried to the end; nobody is to blame. */
  | { readonly tag: "released" };

/** Writes what became of a delivery, unless somebody else has settled it meanwhile. */
export async function settleDelivery(
  { db }: Database,
  { channel, delivery }: ClaimedDelivery,
  settlement: Settlement,
  at: number,
): Promise<void> {
  const mine = and(
    eq(notification.channel, channel),
    eq(notification.deliveryId, delivery.id),
    eq(notification.status, "queued"),
  );
  await db.transaction(async (tx) => {
    const row = tx.update(notification);
    const free = { claimedUntil: null };
    const attempts = sql`${notification.attempts} + 1`;
    switch (settlement.tag) {
      case "sent": {
        const { remark } = settlement;
        await row.set({ ...free, status: "sent", sentAt: at, attempts, lastError: remark }).where(mine);
        await tellChannel(tx, channel, { lastSentAt: at, ...errorOf(remark, at) });
        return;
      }
      case "again": {
        const { reason, nextAt, refused } = settlement;
        const apart = refused ? { standsAside: true, deliveryId: null } : {};
        await row.set({ ...free, ...apart, attempts, nextAt, lastError: reason }).where(mine);
        await tellChannel(tx, channel, errorOf(reason, at));
        return;
      }
      case "given-up": {
        const { reason } = settlement;
        const given = await row
          .set({ ...free, status: "given-up", attempts, lastError: reason })
          .where(mine)
          .returning({ alertId: notification.alertId });
        await tellChannel(tx, channel, errorOf(reason, at));
        await giveUpWhatFollows(
          tx,
          channel,
          given.flatMap(({ alertId }) => alertId ?? []),
        );
        return;
      }
      case "released":
        await row.set(free).where(mine);
        return;
    }
  });
}

function errorOf(reason: string | null, at: number) {
  return reason === null ? {} : { lastError: reason, lastErrorAt: at };
}

/** Notes on a channel what went wrong beside its messages. */
export async function noteChannel(db: Handle, name: string, reason: string, at: number): Promise<void> {
  await tellChannel(db, name, errorOf(reason, at));
}

async function tellChannel(
  tx: Handle,
  name: string,
  news: Partial<typeof notificationChannel.$inferInsert>,
): Promise<void> {
  if (Object.keys(news).length > 0)
    await tx.update(notificationChannel).set(news).where(eq(notificationChannel.name, name));
}

/** That it is over is not told where nobody was told that it had begun. */
async function giveUpWhatFollows(tx: Handle, channel: string, alertIds: readonly string[]): Promise<void> {
  if (alertIds.length === 0) return;
  const other = alias(notification, "other");
  const begins = inArray(sql`${other.payload}->>'what'`, ["fired", "unsilenced"]);
  const tellable = tx
    .select({ id: other.id })
    .from(other)
    .where(
      and(
        eq(other.alertId, notification.alertId),
        eq(other.channel, notification.channel),
        inArray(other.status, ["queued", "sent"]),
        begins,
      ),
    );
  await tx
    .update(notification)
    .set({ status: "given-up", lastError: "the alert itself could not be told" })
    .where(
      and(
        eq(notification.channel, channel),
        eq(notification.status, "queued"),
        inArray(notification.alertId, [...alertIds]),
        notExists(tellable),
      ),
    );
}
