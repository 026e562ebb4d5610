import type { CountedMoves } from "../../lib/insight/thrash/buckets";
import { automaticRestartWords, startLimitWords } from "../../lib/insight/thrash/unintended";
import type { Sql } from "../open";

/**
 * How many moves of each shape every bucket of a span holds: what is to be told apart is counted by
 * the database, however many there were. Instants and lengths in ms.
 */
export async function countMoves(
  sql: Sql,
  serviceId: number,
  { from, to, bucketMs }: { readonly from: number; readonly to: number; readonly bucketMs: number },
): Promise<CountedMoves[]> {
  return sql<CountedMoves[]>`
    SELECT floor((t.counted_at - ${from}::bigint) / ${bucketMs}::numeric)::int AS bucket,
      t.from_state AS "from", t.to_state AS "to", t.event, a.kind,
      a.kind = 'service-manager' AND starts_with(a.detail, ${automaticRestartWords}) AS automatic,
      before.kind AS "kindBefore", count(*)::int AS count
    FROM transition t
    JOIN LATERAL (SELECT kind, detail FROM attribution WHERE transition_id = t.id
      ORDER BY revision DESC LIMIT 1) a ON true
    LEFT JOIN LATERAL (SELECT b.kind FROM transition p JOIN attribution b ON b.transition_id = p.id
      WHERE p.service_id = t.service_id AND p.seq = t.seq - 1 AND t.to_state = 'Error'
        AND t.from_state IN ('Stopping', 'Restarting')
      ORDER BY b.revision DESC LIMIT 1) before ON true
    WHERE t.service_id = ${serviceId} AND t.counted_at >= ${from} AND t.counted_at < ${to}
    GROUP BY 1, 2, 3, 4, 5, 6, 7`;
}

/** When in the span the service manager last refused a start for there had been too many; null: it did not. */
export async function readStartLimit(
  sql: Sql,
  serviceId: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<number | null> {
  const [hit] = await sql<{ at: number }[]>`
    SELECT t.at FROM transition t
    JOIN LATERAL (SELECT detail FROM attribution WHERE transition_id = t.id
      ORDER BY revision DESC LIMIT 1) a ON true
    WHERE t.service_id = ${serviceId} AND t.counted_at >= ${from} AND t.counted_at < ${to}
      AND t.to_state = 'Error' AND strpos(a.detail, ${startLimitWords}) > 0
    ORDER BY t.counted_at DESC, t.seq DESC LIMIT 1`;
  return hit?.at ?? null;
}
