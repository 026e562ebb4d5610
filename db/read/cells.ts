import type { StateBand } from "../../lib/insight/bands";
import type { MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { seenMs, staysWithin } from "../stays-within";
import type { ObservedService } from "./observed-services";
import { givenServices, hostGaps } from "./time-in-state";

interface Cell {
  readonly id: number;
  readonly cell: number;
  readonly state: string | null;
  /** How long it was in that state, in any, and how often it moved. */
  readonly most: number;
  readonly seen: number;
  readonly moves: number;
}

/**
 * A span in equal cells of `cellMs`, the last one as short as it comes; each with the state that most
 * of its time was. By service id. To be called `atOneMoment`.
 */
export async function readCells(
  tx: Tx,
  services: readonly ObservedService[],
  span: MsSpan,
  cellMs: number,
): Promise<Map<number, StateBand[]>> {
  if (services.length === 0 || span.from >= span.to) return new Map();
  const { from, to } = { from: tx`${span.from}::bigint`, to: tx`${span.to}::bigint` };
  const width = tx`${cellMs}::bigint`;
  const rows = await tx<Cell[]>`
    WITH s AS MATERIALIZED (${givenServices(tx, services)}),
    gaps AS MATERIALIZED (${hostGaps(tx, span)}),
    stay AS MATERIALIZED (
      SELECT s.id, x.state, x.counted_at, x.entered, g.spans, greatest(x.counted_at, ${from}) AS since,
        least(coalesce(x.next_at, s.until, x.counted_at), ${to}) AS until
      FROM s CROSS JOIN LATERAL ${staysWithin(tx, tx`s.id`, from, to)} x LEFT JOIN gaps g ON g.host = s.host
    ), part AS (
      SELECT stay.id, stay.state, c.cell, ${seenMs(tx, tx`stay.spans`, tx`p.since`, tx`p.until`)} AS ms
      FROM stay
        CROSS JOIN LATERAL generate_series((since - ${from}) / ${width}, (until - 1 - ${from}) / ${width}) AS c(cell)
        CROSS JOIN LATERAL (
          SELECT greatest(stay.since, ${from} + c.cell * ${width}) AS since,
            least(stay.until, ${from} + (c.cell + 1) * ${width}) AS until
        ) p
      WHERE stay.since < stay.until
    ), told AS (
      SELECT id, cell, state, sum(ms) AS ms, 0 AS moves FROM part GROUP BY id, cell, state
      UNION ALL
      SELECT id, (counted_at - ${from}) / ${width}, NULL, 0, count(*) FROM stay WHERE entered GROUP BY 1, 2
    )
    SELECT id, cell, (array_agg(state ORDER BY ms DESC, state))[1] AS state, max(ms)::bigint AS most,
      sum(ms)::bigint AS seen, sum(moves)::int AS moves
    FROM told GROUP BY id, cell`;
  const known = new Map(rows.map((row) => [`${row.id} ${row.cell}`, row]));
  return new Map(
    services.map(({ id }) => [
      id,
      Array.from({ length: Math.ceil((span.to - span.from) / cellMs) }, (_, cell) => {
        const begins = span.from + cell * cellMs;
        return asBand({ from: begins, to: Math.min(begins + cellMs, span.to) }, known.get(`${id} ${cell}`));
      }),
    ]),
  );
}

/** What was not observed wins where it took more of the time than any state. */
export function asBand(
  { from, to }: MsSpan,
  told: Pick<Cell, "state" | "most" | "seen" | "moves"> | undefined,
): StateBand {
  if (!told) return { from, to, state: null, moves: 0 };
  const { state, most, seen, moves } = told;
  return { from, to, state: to - from - seen > most ? null : state, moves };
}
