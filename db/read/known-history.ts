import type { CountedMove, KnownHistory } from "../../lib/insight/pieces";
import type { MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { staysWithin } from "../stays-within";
import type { ObservedService } from "./observed-services";
import { givenServices } from "./time-in-state";

interface StoredMoves {
  readonly id: number;
  /** JSON of `[counted_at, to_state]`, in order. */
  readonly moves: string;
  /** When the last of the stays that they began ended; null: it has not. */
  readonly end_at: number | null;
}

/**
 * What history itself says of these services in a span, by service id. It reads every move in it:
 * ask `readHowBusy` before. To be called `atOneMoment`.
 */
export async function readKnownHistories(
  tx: Tx,
  services: readonly ObservedService[],
  span: MsSpan,
): Promise<Map<number, KnownHistory>> {
  if (services.length === 0) return new Map();
  const { from, to } = span;
  // One row for each service: thousands of small ones would take longer to read than to find.
  const rows = await tx<StoredMoves[]>`
    WITH s AS MATERIALIZED (${givenServices(tx, services)})
    SELECT s.id, json_agg(json_build_array(x.counted_at, x.state) ORDER BY x.counted_at, x.seq)::text AS moves,
      CASE WHEN bool_and(x.next_at IS NOT NULL) THEN max(x.next_at) END AS end_at
    FROM s CROSS JOIN LATERAL ${staysWithin(tx, tx`s.id`, tx`${from}::bigint`, tx`${to}::bigint`)} x
    GROUP BY s.id`;
  const known = new Map(rows.map((row) => [row.id, movesOf(row)]));
  const since = Math.min(from, ...[...known.values()].map(([first]) => first?.countedAt ?? from));
  const gaps = await readGapsOf(tx, [...new Set(services.map(({ host }) => host))], { from: since, to });
  return new Map(
    services.map(({ id, host, observedUntil }) => [
      id,
      { moves: known.get(id) ?? [], gaps: gaps.get(host) ?? [], observedUntil },
    ]),
  );
}

/** The moves that began the stays, and the one that ended the last of them. */
function movesOf(row: StoredMoves): CountedMove[] {
  const told = JSON.parse(row.moves) as [number, string][];
  const moves = told.map(([countedAt, toState]) => ({ countedAt, toState }));
  // What it moved to lies beyond the span and is no part of what was asked.
  return row.end_at === null ? moves : [...moves, { countedAt: row.end_at, toState: "" }];
}

/** When these hosts were not seen and nothing recovered it, as far as it reaches into the span. */
export async function readGapsOf(
  tx: Tx,
  hosts: readonly string[],
  { from, to }: MsSpan,
): Promise<Map<string, MsSpan[]>> {
  const rows = await tx<{ host: string; since: number; until: number }[]>`
    SELECT host, from_at / 1000 AS since, to_at / 1000 AS until FROM gap
    WHERE host = ANY(${hosts as string[]}::text[]) AND NOT recovered
      AND to_at > ${from * 1000}::bigint AND from_at < ${to * 1000}::bigint ORDER BY from_at`;
  const gaps = new Map<string, MsSpan[]>();
  for (const { host, since, until } of rows) {
    const known = gaps.get(host) ?? [];
    known.push({ from: since, to: until });
    gaps.set(host, known);
  }
  return gaps;
}
