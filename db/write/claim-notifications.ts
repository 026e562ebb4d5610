import { randomUUID } from "node:crypto";
import { and, asc, eq, gt, inArray, max, sql } from "drizzle-orm";
import type { DigestConfig } from "../../lib/config/notify-config";
import { nextDelivery } from "../../lib/notify/next-delivery";
import type { Delivery, Telling } from "../../lib/notify/telling";
import { notification, notificationChannel } from "../alert-schema";
import type { Database, Handle } from "../open";

export interface ClaimedDelivery {
  readonly tag: "delivery";
  readonly channel: string;
  readonly delivery: Delivery;
  /** How often it was tried before. */
  readonly failures: number;
  /** Since when the newest of what is in it waits. */
  readonly waitsSince: number;
  readonly isTest: boolean;
}

export type Claim =
  | ClaimedDelivery
  | { readonly tag: "wait"; readonly until: number }
  | { readonly tag: "nothing" };

/** How much of a long queue is looked at: more never goes at once. */
const mostLookedAt = 400;
/** How soon it is asked again where another engine is just asking. */
const askAgainUs = 200_000;

/**
 * Takes what `channel` is to send next. Whoever takes it has it alone, and the channel with it, so that
 * order is kept among many engines; until `leaseUs` later, when the taker has died and the same is
 * given again under the same id.
 */
export async function claimDelivery(
  { db }: Database,
  channel: string,
  digest: DigestConfig,
  leaseUs: number,
  at: number,
): Promise<Claim> {
  return db.transaction(async (tx) => {
    const [mine] = await tx
      .select()
      .from(notificationChannel)
      .where(eq(notificationChannel.name, channel))
      .for("update", { skipLocked: true });
    if (!mine) return { tag: "wait", until: at + askAgainUs };
    const taken = await takenUntil(tx, channel);
    if (taken !== null && taken > at) return { tag: "wait", until: taken };
    const lately = await countLately(tx, channel, at - digest.withinMs * 1_000);
    const next = nextDelivery(await readWaiting(tx, channel), lately, digest, at);
    if (next.tag !== "take") return next;
    return take(tx, channel, next.ids, next.deliveryId ?? randomUUID(), at + leaseUs);
  });
}

const queuedIn = (channel: string) =>
  and(eq(notification.channel, channel), eq(notification.status, "queued"));

async function takenUntil(tx: Handle, channel: string): Promise<number | null> {
  const [row] = await tx
    .select({ until: max(notification.claimedUntil) })
    .from(notification)
    .where(queuedIn(channel));
  return row?.until ?? null;
}

/** How many deliveries went out after this instant. */
async function countLately(tx: Handle, channel: string, after: number): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(DISTINCT ${notification.deliveryId})::int` })
    .from(notification)
    .where(
      and(eq(notification.channel, channel), eq(notification.status, "sent"), gt(notification.sentAt, after)),
    );
  return row?.count ?? 0;
}

/** In the order of events. All that stands aside, since it keeps later news of its alerts waiting. */
async function readWaiting(tx: Handle, channel: string) {
  const columns = {
    id: notification.id,
    eventId: notification.eventId,
    alertId: notification.alertId,
    deliveryId: notification.deliveryId,
    standsAside: notification.standsAside,
    nextAt: notification.nextAt,
    createdAt: notification.createdAt,
  };
  const of = (aside: boolean) => and(queuedIn(channel), eq(notification.standsAside, aside));
  const select = (aside: boolean) => tx.select(columns).from(notification).where(of(aside)).$dynamic();
  const order = [asc(notification.eventId), asc(notification.createdAt)];
  const line = select(false).orderBy(sql`${notification.eventId} IS NOT NULL`, ...order);
  return [...(await select(true).orderBy(...order)), ...(await line.limit(mostLookedAt))];
}

async function take(
  tx: Handle,
  channel: string,
  ids: readonly string[],
  deliveryId: string,
  claimedUntil: number,
): Promise<Claim> {
  await tx
    .update(notification)
    .set({ claimedUntil, deliveryId })
    .where(inArray(notification.id, [...ids]));
  const rows = await tx
    .select()
    .from(notification)
    .where(inArray(notification.id, [...ids]))
    .orderBy(asc(notification.eventId), asc(notification.createdAt));
  const [first, ...rest] = rows.map(({ payload }) => payload as Telling);
  if (!first) return { tag: "nothing" };
  const alertId = rows.length === 1 ? (rows[0]?.alertId ?? null) : null;
  const repliesTo = alertId === null ? null : await firstDeliveryOf(tx, channel, alertId);
  return {
    tag: "delivery",
    channel,
    delivery: { id: deliveryId, tellings: [first, ...rest], repliesTo },
    failures: Math.max(...rows.map(({ attempts }) => attempts)),
    waitsSince: Math.max(...rows.map(({ createdAt }) => createdAt)),
    isTest: first.tag === "test",
  };
}

/** The delivery by which an alert was told first through this channel. */
async function firstDeliveryOf(tx: Handle, channel: string, alertId: string): Promise<string | null> {
  const [found] = await tx
    .select({ deliveryId: notification.deliveryId })
    .from(notification)
    .where(
      and(
        eq(notification.alertId, alertId),
        eq(notification.channel, channel),
        eq(notification.status, "sent"),
      ),
    )
    .orderBy(asc(notification.eventId))
    .limit(1);
  return found?.deliveryId ?? null;
}
