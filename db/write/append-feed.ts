import { sql } from "drizzle-orm";
import { channels, locks } from "../channels";
import type { Handle } from "../open";
import { type FeedKind, feed } from "../schema";

export interface FeedEntry {
  readonly kind: FeedKind;
  readonly serviceId?: number;
  readonly transitionId?: number;
  readonly revision?: number;
  readonly payload?: unknown;
}

/**
 * Appends to the live feed and wakes its readers when `tx` commits. To be called last in a
 * transaction: the lock that keeps ids in commit order is held from here until the commit.
 */
export async function appendFeed(tx: Handle, entries: readonly FeedEntry[], at: number): Promise<void> {
  if (entries.length === 0) return;
  await tx.execute(sql`SELECT pg_advisory_xact_lock(${locks.feed})`);
  await tx.insert(feed).values(entries.map((entry) => ({ ...entry, at })));
  await tx.execute(sql`SELECT pg_notify(${channels.feed}, '')`);
}
