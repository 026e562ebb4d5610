import type { Sql } from "../db/open";
import { recomputeSums } from "../db/recompute-sums";
import { now } from "../lib/clock";

export const services = 200;
const hosts = 4;
const days = 365;
/** Steps in which all services move once and the busiest one several times. */
const stepsTogether = 2_000;

/**
 * A year of history up to now, in the order in which it would have been recorded: 199 services that
 * move about equally often, one that makes a tenth of all moves, and a gap of five minutes a week.
 * @returns the services' ids; the first is the busiest one's.
 */
export async function fillHistory(sql: Sql, moves: number): Promise<number[]> {
  const { at } = now();
  await sql`INSERT INTO host (id, platform, epoch, contact, contact_since, observed_until, history_until)
    SELECT 'h' || n, 'systemd', 1, 'live', 0, ${at}, ${at} FROM generate_series(0, ${hosts - 1}) AS n`;
  const rows = await sql<{ id: number }[]>`
    INSERT INTO service (host, name, kind, settings)
    SELECT 'h' || n % ${hosts}, 's' || n, 'service', '{}'::jsonb FROM generate_series(0, ${services - 1}) AS n
    RETURNING id`;
  const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
  await sql`INSERT INTO gap (host, from_at, to_at, reason, recovered)
    SELECT 'h' || n, ${at} - week * 604800000000, ${at} - week * 604800000000 + 300000000, 'No contact.', false
    FROM generate_series(0, ${hosts - 1}) AS n, generate_series(1, 52) AS week`;
  const steps = Math.max(1, Math.floor((moves * 0.9) / (services - 1)));
  const busiest = Math.max(1, Math.round((moves * 0.1) / steps));
  const putBack = await takeIndexes(sql);
  for (let step = 0; step < steps; step += stepsTogether)
    await insertSteps(sql, {
      ids,
      busiest,
      at,
      steps,
      from: step,
      to: Math.min(step + stepsTogether, steps),
    });
  await putBack();
  await recomputeSums(sql);
  await sql`UPDATE service SET state = t.to_state, since = t.at, seq = t.seq FROM (
    SELECT DISTINCT ON (service_id) * FROM transition ORDER BY service_id, seq DESC) t WHERE t.service_id = service.id`;
  await sql`VACUUM ANALYZE`;
  return ids;
}

/** @returns what builds them again: at once that takes a fraction of the time. */
async function takeIndexes(sql: Sql): Promise<() => Promise<void>> {
  const indexes = await sql<{ name: string; definition: string }[]>`
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE tablename IN ('transition', 'attribution') AND indexname NOT LIKE '%pkey'`;
  for (const { name } of indexes) await sql`DROP INDEX ${sql(name)}`;
  return async () => {
    for (const { definition } of indexes) await sql.unsafe(definition);
  };
}

interface Steps {
  readonly ids: readonly number[];
  readonly busiest: number;
  readonly at: number;
  readonly steps: number;
  readonly from: number;
  readonly to: number;
}

async function insertSteps(sql: Sql, { ids, busiest, at, steps, from, to }: Steps): Promise<void> {
  const stepUs = Math.floor((days * 86_400_000_000) / steps);
  const begin = at - steps * stepUs;
  await sql.begin(async (tx) => {
    // Ten million rows that are known to fit together: what checks each of them would be measured, not the reading.
    await tx`SET LOCAL session_replication_role = replica`;
    await tx`
      WITH slot AS (
        SELECT step, place,
          CASE WHEN place < ${services - 1} THEN (${ids.slice(1)}::int[])[place + 1] ELSE ${ids[0] ?? 0} END AS service_id,
          CASE WHEN place < ${services - 1} THEN step + 1
            ELSE step * ${busiest} + place - ${services - 1} + 1 END AS seq,
          CASE WHEN place < ${services - 1} THEN 0 ELSE (place - ${services - 1}) * ${stepUs}::bigint / ${busiest} END
            + ((step * 7919 + place * 104729) % 900) * ${stepUs}::bigint
              / (1000 * CASE WHEN place < ${services - 1} THEN 1 ELSE ${busiest} END) AS within
        FROM generate_series(${from}::int, ${to - 1}::int) AS step,
          generate_series(0, ${services - 2 + busiest}::int) AS place
      ), moves AS (
        SELECT *, ${begin}::bigint + step * ${stepUs}::bigint + within AS at,
          '{Stopped,Starting,Running,Error,Starting,Running}'::text[] AS states FROM slot
      ), t AS (
        INSERT INTO transition (service_id, seq, from_state, to_state, event, at, observed_at, boot_id, monotonic,
          in_from_us, gap_us, source, source_key, declared, inferred, evidence, counted_at)
        SELECT service_id, seq, CASE WHEN seq > 1 THEN states[(seq - 1) % 6 + 1] END, states[seq % 6 + 1],
          'runtime error', at, at + 2000, 'bench', at - ${begin}::bigint, CASE WHEN seq > 1 THEN ${stepUs}::bigint END,
          0, 'signal', 'bench:' || seq, true, false,
          '{"pid": 4711, "signal": "SIGKILL", "log": ["a line", "another line of the log"]}'::jsonb, at / 1000
        FROM moves ORDER BY at
        RETURNING id, at, seq
      )
      INSERT INTO attribution (transition_id, revision, kind, actor, detail, recorded_at)
      SELECT id, 1, CASE seq % 7 WHEN 0 THEN 'operator' ELSE 'service' END, CASE seq % 7 WHEN 0 THEN 'operator' END,
        'killed by SIGKILL (signal 9), not sent by Signalbox', at FROM t`;
  });
}
