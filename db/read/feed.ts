import { asc, eq, gt, sql } from "drizzle-orm";
import type { Handle } from "../open";
import { configState, feed } from "../schema";

export type FeedRow = typeof feed.$inferSelect;

/** What was committed after `position`, in commit order; at most `limit` rows. */
export async function readFeedAfter(db: Handle, position: number, limit: number): Promise<FeedRow[]> {
  return db.select().from(feed).where(gt(feed.id, position)).orderBy(asc(feed.id)).limit(limit);
}

/** The oldest row that is still kept, and the newest; both 0 where the feed is empty. */
export async function readFeedEnds(db: Handle): Promise<{ readonly first: number; readonly last: number }> {
  const [ends] = await db
    .select({
      first: sql`coalesce(min(${feed.id}), 0)`.mapWith(Number),
      last: sql`coalesce(max(${feed.id}), 0)`.mapWith(Number),
    })
    .from(feed);
  return ends ?? { first: 0, last: 0 };
}

/** What is wrong with the newest configuration; empty when it is in force. */
export async function readConfigErrors(db: Handle): Promise<string[]> {
  const [found] = await db
    .select({ errors: configState.errors })
    .from(configState)
    .where(eq(configState.id, 1));
  return found?.errors ?? [];
}
