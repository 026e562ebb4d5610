import { transitionalStates } from "../../lib/insight/transitional-states";
import type { TransactionSql as Tx } from "../open";

/** How many of the newest stays say what is normal. */
const mostRecent = 100;

/**
 * What new moves come to, as further parts of the WITH that inserts them: the stays that they end,
 * cut at midnight (UTC) and with gaps left out, go into `stay_day` and `stay_total`, the moves into
 * `move_count`. Before it must stand `added`, the rows that are really new with their `cause`, and
 * `former`, the newest row that each of their services had.
 *
 * A stay says what is normal if it was seen whole: it began with a move that was seen and not with a
 * first sight after a gap, no gap is in it, and a way to another state got there.
 */
export function addUp(tx: Tx) {
  return tx`ended AS MATERIALIZED (
      SELECT n.*, s.host, coalesce(lag(n.to_state) OVER w, f.to_state) AS state,
        coalesce(lag(n.counted_at) OVER w, f.counted_at) AS since,
        coalesce(lag(n.source) OVER w, f.source) <> 'snapshot'
          AND NOT (coalesce(lag(n.inferred) OVER w, f.inferred) AND n.in_from_us < 1000) AS began_seen
      FROM added n JOIN service s ON s.id = n.service_id LEFT JOIN former f ON f.service_id = n.service_id
      WINDOW w AS (PARTITION BY n.service_id ORDER BY n.seq)
    ), gaps AS MATERIALIZED (
      SELECT o.host, range_agg(int8range(g.from_at / 1000, g.to_at / 1000)) AS spans
      FROM (SELECT host, min(since) AS since FROM ended GROUP BY host) o
        JOIN gap g ON g.host = o.host AND NOT g.recovered AND g.to_at > o.since * 1000 AND g.to_at > g.from_at
      GROUP BY o.host
    ), part AS MATERIALIZED (
      SELECT e.service_id, e.state, d.day, p.until - p.since - CASE
        WHEN g.spans && int8range(p.since, p.until) THEN unseen_ms(g.spans, p.since, p.until) ELSE 0 END AS ms
      FROM ended e LEFT JOIN gaps g ON g.host = e.host
        CROSS JOIN LATERAL generate_series(e.since / 86400000, (e.counted_at - 1) / 86400000) AS d(day)
        CROSS JOIN LATERAL (
          SELECT greatest(e.since, d.day * 86400000) AS since,
            least(e.counted_at, (d.day + 1) * 86400000) AS until
        ) p
      WHERE e.since < e.counted_at
    ), day_sum AS (
      INSERT INTO stay_day (service_id, day, state, ms, entries)
      SELECT service_id, day, state, sum(ms), sum(entries) FROM (
        SELECT service_id, day, state, ms, 0 AS entries FROM part
        UNION ALL SELECT service_id, counted_at / 86400000, to_state, 0, 1 FROM ended
      ) x GROUP BY service_id, day, state
      ON CONFLICT (service_id, day, state)
        DO UPDATE SET ms = stay_day.ms + excluded.ms, entries = stay_day.entries + excluded.entries
    ), total_sum AS (
      INSERT INTO stay_total (service_id, state, ms, entries, recent)
      SELECT service_id, state, sum(ms), sum(entries), coalesce(
        (array_agg(whole ORDER BY seq DESC) FILTER (WHERE whole IS NOT NULL))[1:${mostRecent}::int], '{}')
      FROM (
        SELECT service_id, state, ms, 0 AS entries, NULL::bigint AS whole, NULL::int AS seq FROM part
        UNION ALL SELECT service_id, to_state, 0, 1, NULL, NULL FROM ended
        UNION ALL SELECT service_id, state, 0, 0, in_from_us / 1000, seq FROM ended
          WHERE began_seen AND gap_us = 0 AND in_from_us IS NOT NULL
            AND NOT (to_state = 'Error' AND state = ANY(${transitionalStates as string[]}::text[]))
      ) x GROUP BY service_id, state
      ON CONFLICT (service_id, state) DO UPDATE SET ms = stay_total.ms + excluded.ms,
        entries = stay_total.entries + excluded.entries,
        recent = (excluded.recent || stay_total.recent)[1:${mostRecent}::int]
    ), move_sum AS (
      INSERT INTO move_count (service_id, from_state, to_state, cause, count)
      SELECT service_id, coalesce(from_state, ''), to_state, cause, count(*) FROM ended GROUP BY 1, 2, 3, 4
      ON CONFLICT (service_id, from_state, to_state, cause)
        DO UPDATE SET count = move_count.count + excluded.count
    )`;
}
