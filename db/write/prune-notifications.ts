import type { Sql } from "../open";

const keepUs = 30 * 24 * 3_600_000_000;

/**
 * Drops messages that were sent or given up a month ago. Those of an alert that still holds stay: by
 * them it is known who is to be told that it is over.
 */
export async function pruneNotifications(sql: Sql, now: number): Promise<void> {
  await sql`DELETE FROM notification n WHERE n.status <> 'queued' AND n.created_at < ${now - keepUs}
    AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = n.alert_id AND a.resolved_at IS NULL)`;
}
