import { dayMs } from "../../lib/insight/spans";
import type { Sql } from "../open";

const rowsAtOnce = 5_000;

/**
 * Removes single moves of whole days (UTC) that ended more than `keepMs` ago, the oldest first; of each
 * service the newest of them stays, so that what comes after it has a beginning. The sums of each day
 * stay for good. Readers know from the first on that single moves of before are no longer to be had.
 * @param at now, in ms.
 * @returns how many were removed; at most `mostRows` at a time, so that recording never waits for long.
 */
export async function thinHistory(
  sql: Sql,
  at: number,
  keepMs: number,
  mostRows = 20 * rowsAtOnce,
): Promise<number> {
  const until = Math.floor((at - keepMs) / dayMs) * dayMs;
  if (until <= 0) return 0;
  await sql`INSERT INTO thinning (id, until_ms) VALUES (1, ${until})
    ON CONFLICT (id) DO UPDATE SET until_ms = greatest(thinning.until_ms, excluded.until_ms)`;
  let removed = 0;
  while (removed < mostRows) {
    const rows = await removeSome(sql, until);
    removed += rows;
    if (rows < rowsAtOnce) break;
  }
  return removed;
}

async function removeSome(sql: Sql, until: number): Promise<number> {
  return sql.begin(async (tx) => {
    // Said within this transaction only: everything else is refused a removal by the database itself.
    await tx`SET LOCAL signalbox.thinning = 'on'`;
    const [removed] = await tx<{ rows: number }[]>`
      WITH old AS MATERIALIZED (
        SELECT t.id FROM transition t
        WHERE t.at < ${until * 1000}::bigint AND t.seq < (
          SELECT x.seq FROM transition x WHERE x.service_id = t.service_id AND x.counted_at < ${until}::bigint
          ORDER BY x.counted_at DESC, x.seq DESC LIMIT 1)
        ORDER BY t.at, t.id LIMIT ${rowsAtOnce}
      ), causes AS (DELETE FROM attribution a USING old WHERE a.transition_id = old.id),
      moves AS (DELETE FROM transition t USING old WHERE t.id = old.id RETURNING 1)
      SELECT count(*)::int AS rows FROM moves`;
    return removed?.rows ?? 0;
  });
}
