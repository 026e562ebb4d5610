import type { TransactionSql as Tx } from "../open";
import { addUp } from "./add-up";
import type { Entry, RecordedMove } from "./batch";

type MovesEntry = Extract<Entry, { tag: "moves" }>;

/**
 * Adds rows to history with the cause each has now, what they come to to the sums, and moves the
 * services' current state along.
 * A move whose `source_key` the service already has is left out: the first that was stored stays.
 * @returns the rows that are new, in the order given.
 */
export async function insertMoves(
  tx: Tx,
  entries: readonly MovesEntry[],
): Promise<{ id: number; service_id: number }[]> {
  const rows = entries
    .flatMap((entry) => entry.moves.map((move) => moveRow(entry.serviceId, move)))
    .map((row, n) => ({ ...row, n }));
  const newest = entries.flatMap((entry) => {
    const last = entry.moves.at(-1);
    return last ? [serviceRow(entry.serviceId, last)] : [];
  });
  const latest = [...new Map(newest.map((row) => [row.id, row])).values()];
  const inserting = tx<{ id: number; service_id: number }[]>`
    WITH given AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS g(
        n int, service_id int, seq int, from_state text, to_state text, event text, at bigint,
        observed_at bigint, boot_id text, monotonic bigint, in_from_us bigint, gap_us bigint, source text,
        source_key text, declared boolean, inferred boolean, command_id text, evidence jsonb,
        cause text, actor text, detail text)
    ), former AS MATERIALIZED (
      SELECT g.service_id, f.to_state, f.counted_at, f.source, f.inferred
      FROM (SELECT DISTINCT service_id FROM given) g CROSS JOIN LATERAL (
        SELECT * FROM transition t WHERE t.service_id = g.service_id ORDER BY t.seq DESC LIMIT 1) f
    ), m AS MATERIALIZED (
      SELECT g.*, greatest(f.counted_at, max(g.at / 1000) OVER (PARTITION BY g.service_id ORDER BY g.n))
        AS counted_at
      FROM given g LEFT JOIN former f ON f.service_id = g.service_id
    ), t AS (
      INSERT INTO transition (service_id, seq, from_state, to_state, event, at, observed_at, boot_id,
        monotonic, in_from_us, gap_us, source, source_key, declared, inferred, command_id, evidence,
        counted_at)
      SELECT service_id, seq, from_state, to_state, event, at, observed_at, boot_id,
        monotonic, in_from_us, gap_us, source, source_key, declared, inferred, command_id, evidence,
        counted_at
      FROM m ORDER BY n
      ON CONFLICT (service_id, source_key) DO NOTHING
      RETURNING id, service_id, seq
    ), added AS MATERIALIZED (
      SELECT t.id, m.* FROM t JOIN m USING (service_id, seq)
    ), a AS (
      INSERT INTO attribution (transition_id, revision, kind, actor, detail, recorded_at)
      SELECT id, 1, cause, actor, detail, observed_at FROM added
    ), ${addUp(tx)}
    SELECT id, service_id FROM added ORDER BY n`;
  const moving = tx`UPDATE service SET state = s.state, since = s.since, since_monotonic = s.since_monotonic,
      since_boot_id = s.since_boot_id, seq = s.seq
    FROM jsonb_to_recordset(${JSON.stringify(latest)}::text::jsonb)
      AS s(id int, state text, since bigint, since_monotonic bigint, since_boot_id text, seq int)
    WHERE service.id = s.id AND service.seq < s.seq`;
  // Sent together: one answer to wait for.
  const [inserted] = await Promise.all([inserting, moving]);
  return inserted;
}

function moveRow(serviceId: number, { move, inFromUs, gapUs, commandId }: RecordedMove) {
  return {
    service_id: serviceId,
    seq: move.seq,
    from_state: move.from,
    to_state: move.to,
    event: move.event,
    at: move.at,
    observed_at: move.observedAt,
    boot_id: move.bootId,
    monotonic: move.monotonic,
    in_from_us: inFromUs,
    gap_us: gapUs,
    source: move.source,
    source_key: move.sourceKey,
    declared: move.declared,
    inferred: move.inferred,
    command_id: commandId,
    evidence: move.evidence,
    cause: move.cause.kind,
    actor: move.cause.actor ?? null,
    detail: move.cause.detail,
  };
}

function serviceRow(serviceId: number, { move }: RecordedMove) {
  return {
    id: serviceId,
    state: move.to,
    since: move.at,
    since_monotonic: move.monotonic,
    since_boot_id: move.bootId,
    seq: move.seq,
  };
}
