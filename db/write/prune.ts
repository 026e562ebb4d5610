import type { Sql } from "../open";

const keepRows = 100_000;
const keepUs = 24 * 3_600_000_000;

/** Drops what only passes through: old feed rows, expired sessions, answered wishes. History stays. */
export async function prune(sql: Sql, now: number): Promise<void> {
  await sql`DELETE FROM feed WHERE at < ${now - keepUs}
    AND id < (SELECT coalesce(max(id), 0) - ${keepRows} FROM feed)`;
  await sql`DELETE FROM session WHERE expires_at < ${now}`;
  await sql`DELETE FROM log_chunk c WHERE NOT EXISTS
    (SELECT 1 FROM log_request r WHERE r.id = c.request_id AND r.expires_at > ${now})`;
  await sql`DELETE FROM log_request WHERE expires_at < ${now}`;
  await sql`DELETE FROM usage_watch WHERE wanted_until < ${now}`;
}
