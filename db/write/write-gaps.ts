import type { TransactionSql as Tx } from "../open";
import { staysWithin } from "../stays-within";
import type { Tagged } from "./batch";

/**
 * Times that were not observed; one that is written again is there already. What a gap takes from
 * stays that had ended before it was known leaves the days' sums again: a clock that was set back, or
 * a record that ends earlier than was thought. `stay_total` keeps it: counters never fall.
 */
export async function writeGaps(tx: Tx, group: readonly Tagged<"gap">[]): Promise<void> {
  // One after the other on this connection: what overlaps is taken away once.
  await Promise.all(group.map(({ host, entry }) => writeGap(tx, host, entry)));
}

function writeGap(tx: Tx, host: string, { from, to, reason, recovered }: Tagged<"gap">["entry"]) {
  const added = tx`added AS (
    INSERT INTO gap (host, from_at, to_at, reason, recovered)
    SELECT ${host}, ${from}::bigint, ${to}::bigint, ${reason}, ${recovered}::boolean
    WHERE NOT EXISTS (SELECT 1 FROM gap WHERE host = ${host} AND from_at = ${from}
      AND (${recovered}::boolean OR NOT recovered AND to_at >= ${to}))
    RETURNING from_at / 1000 AS since, to_at / 1000 AS until
  )`;
  if (recovered || from >= to) return tx`WITH ${added} SELECT 1 FROM added`;
  return tx`WITH ${added}, fresh AS MATERIALIZED (
      SELECT a.since, a.until, int8multirange(int8range(a.since, a.until)) - coalesce(
        (SELECT range_agg(int8range(g.from_at / 1000, g.to_at / 1000)) FROM gap g WHERE g.host = ${host}
          AND NOT g.recovered AND g.to_at > ${from} AND g.from_at < ${to} AND g.to_at > g.from_at), '{}') AS spans
      FROM added a
    ), part AS MATERIALIZED (
      SELECT s.id AS service_id, x.state, d.day, unseen_ms(fresh.spans, p.since, p.until) AS ms
      FROM fresh JOIN service s ON s.host = ${host}
        CROSS JOIN LATERAL ${staysWithin(tx, tx`s.id`, tx`fresh.since`, tx`fresh.until`)} x
        CROSS JOIN LATERAL generate_series(greatest(x.counted_at, fresh.since) / 86400000,
          (least(x.next_at, fresh.until) - 1) / 86400000) AS d(day)
        CROSS JOIN LATERAL (
          SELECT greatest(x.counted_at, fresh.since, d.day * 86400000) AS since,
            least(x.next_at, fresh.until, (d.day + 1) * 86400000) AS until
        ) p
      WHERE x.next_at IS NOT NULL AND p.since < p.until
    )
    UPDATE stay_day SET ms = stay_day.ms - p.ms
    FROM (SELECT service_id, day, state, sum(ms) AS ms FROM part GROUP BY service_id, day, state) p
    WHERE stay_day.service_id = p.service_id AND stay_day.day = p.day AND stay_day.state = p.state`;
}
