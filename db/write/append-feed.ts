import { sql } from "drizzle-orm";
import { channels, locks } from "../channels";
import type { Handle } from "../open";
import type { FeedKind } from "../schema";

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
  const rows = entries.map(({ kind, serviceId, transitionId, revision, payload }) => {
    return { kind, service_id: serviceId, transition_id: transitionId, revision, payload };
  });
  // One statement, one answer to wait for; no row of it gets its id before the lock is had.
  await tx.execute(sql`
    WITH lock AS MATERIALIZED (SELECT pg_advisory_xact_lock(${locks.feed})), told AS (
      INSERT INTO feed (kind, service_id, transition_id, revision, payload, at)
      SELECT f.kind, f.service_id, f.transition_id, f.revision, f.payload, ${at}::bigint
      FROM lock, jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        AS f(kind text, service_id int, transition_id bigint, revision int, payload jsonb)
      RETURNING id)
    SELECT pg_notify(${channels.feed}, '') FROM (SELECT count(*) FROM told) AS all_of_them`);
}
