DROP INDEX "transition_service_counted";--> statement-breakpoint
CREATE INDEX "gap_unseen_to" ON "gap" USING btree ("host","to_at") WHERE NOT recovered;--> statement-breakpoint
CREATE INDEX "transition_service_counted" ON "transition" USING btree ("service_id","counted_at","seq","to_state");--> statement-breakpoint
-- A row is written anew with every stay: with room beside it no index has to be touched.
ALTER TABLE "stay_total" SET (fillfactor = 50);--> statement-breakpoint
-- How much of a span lies in gaps, in ms. Ask it only where they overlap: most spans have none in them.
CREATE FUNCTION unseen_ms(gaps int8multirange, since bigint, until bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(sum(upper(g) - lower(g)), 0)::bigint FROM unnest(gaps * int8multirange(int8range(since, until))) AS g
$$;--> statement-breakpoint
-- From here on: what the history so far comes to, as db/write/add-up.ts keeps it from now on.
INSERT INTO "stay_day" (service_id, day, state, ms, entries)
WITH gaps AS MATERIALIZED (
  SELECT host, range_agg(int8range(from_at / 1000, to_at / 1000)) AS spans
  FROM gap WHERE NOT recovered AND to_at > from_at GROUP BY host
), stay AS (
  SELECT t.service_id, s.host, t.to_state AS state, t.counted_at AS since,
    lead(t.counted_at) OVER (PARTITION BY t.service_id ORDER BY t.seq) AS until
  FROM transition t JOIN service s ON s.id = t.service_id
), part AS (
  SELECT stay.service_id, stay.state, d.day,
    p.until - p.since - CASE WHEN g.spans && int8range(p.since, p.until)
      THEN unseen_ms(g.spans, p.since, p.until) ELSE 0 END AS ms
  FROM stay LEFT JOIN gaps g ON g.host = stay.host
    CROSS JOIN LATERAL generate_series(stay.since / 86400000, (stay.until - 1) / 86400000) AS d(day)
    CROSS JOIN LATERAL (
      SELECT greatest(stay.since, d.day * 86400000) AS since, least(stay.until, (d.day + 1) * 86400000) AS until
    ) p
  WHERE stay.since < stay.until
)
SELECT service_id, day, state, sum(ms), sum(entries) FROM (
  SELECT service_id, day, state, ms, 0 AS entries FROM part
  UNION ALL
  SELECT service_id, counted_at / 86400000, to_state, 0, 1 FROM transition
) x GROUP BY service_id, day, state;--> statement-breakpoint
INSERT INTO "stay_total" (service_id, state, ms, entries, recent)
WITH ended AS (
  SELECT service_id, seq, to_state AS ended_in, in_from_us, gap_us, lag(to_state) OVER w AS state,
    lag(source) OVER w AS source, lag(inferred) OVER w AS inferred
  FROM transition WINDOW w AS (PARTITION BY service_id ORDER BY seq)
), normal AS (
  SELECT service_id, state, in_from_us / 1000 AS ms,
    row_number() OVER (PARTITION BY service_id, state ORDER BY seq DESC) AS place
  FROM ended
  WHERE in_from_us IS NOT NULL AND gap_us = 0 AND source <> 'snapshot' AND NOT (inferred AND in_from_us < 1000)
    AND NOT (ended_in = 'Error'
      AND state IN ('Starting', 'Stopping', 'Restarting', 'Syncing', 'Connecting', 'Reconnecting'))
), recent AS (
  SELECT service_id, state, array_agg(ms ORDER BY place) AS lengths
  FROM normal WHERE place <= 100 GROUP BY service_id, state
), total AS (
  SELECT service_id, state, sum(ms) AS ms, sum(entries) AS entries FROM stay_day GROUP BY service_id, state
)
SELECT t.service_id, t.state, t.ms, t.entries, coalesce(r.lengths, '{}')
FROM total t LEFT JOIN recent r USING (service_id, state);--> statement-breakpoint
INSERT INTO "move_count" (service_id, from_state, to_state, cause, count)
SELECT t.service_id, coalesce(t.from_state, ''), t.to_state, coalesce(a.kind, 'unknown'), count(*)
FROM transition t LEFT JOIN attribution a ON a.transition_id = t.id AND a.revision = 1
GROUP BY 1, 2, 3, 4;
