import { dayMs, type MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { seenMs, staysWithin } from "../stays-within";
import type { ObservedService } from "./observed-services";
import { readThinnedUntil } from "./thinned-until";

export interface SummedState {
  readonly state: string;
  readonly ms: number;
  readonly entries: number;
}

/**
 * How long these services together were in each state within a span. Whole days come from the sums;
 * what the span has more or less than whole days, never more than half a day at either end, from
 * history itself; where that was thinned, nothing is known of a part of a day. To be called `atOneMoment`.
 */
export async function sumStates(
  tx: Tx,
  services: readonly ObservedService[],
  { from, to }: MsSpan,
  at: number,
): Promise<SummedState[]> {
  const { days, edges } = inDays({ from, to }, at, await readThinnedUntil(tx));
  const widest = {
    from: Math.min(from, ...edges.map((edge) => edge.from)),
    to: Math.max(to, ...edges.map((edge) => edge.to)),
  };
  return tx<SummedState[]>`
    WITH s AS MATERIALIZED (${givenServices(tx, services)}),
    gaps AS MATERIALIZED (${hostGaps(tx, widest)}),
    w AS (
      SELECT * FROM unnest(${edges.map(({ sign }) => sign)}::bigint[], ${edges.map((edge) => edge.from)}::bigint[],
        ${edges.map((edge) => edge.to)}::bigint[]) AS w(sign, since, until)
    ), edge AS (
      SELECT x.state, w.sign * x.entered::int AS entries,
        CASE WHEN x.next_at IS NULL OR p.since >= p.until THEN 0
          ELSE w.sign * ${seenMs(tx, tx`g.spans`, tx`p.since`, tx`p.until`)} END AS ms
      FROM s CROSS JOIN w CROSS JOIN LATERAL ${staysWithin(tx, tx`s.id`, tx`w.since`, tx`w.until`)} x
        CROSS JOIN LATERAL (SELECT greatest(x.counted_at, w.since) AS since, least(x.next_at, w.until) AS until) p
        LEFT JOIN gaps g ON g.host = s.host
    ), newest AS (
      SELECT x.to_state AS state, ${seenMs(tx, tx`g.spans`, tx`p.since`, tx`p.until`)} AS ms
      FROM s CROSS JOIN LATERAL (SELECT to_state, counted_at FROM transition WHERE service_id = s.id
          ORDER BY seq DESC LIMIT 1) x
        CROSS JOIN LATERAL (
          SELECT greatest(x.counted_at, ${from}::bigint) AS since, least(s.until, ${to}::bigint) AS until) p
        LEFT JOIN gaps g ON g.host = s.host
      WHERE s.until IS NOT NULL AND p.since < p.until
    )
    SELECT state, sum(ms)::bigint AS ms, sum(entries)::bigint AS entries FROM (
      SELECT d.state, d.ms, d.entries FROM s CROSS JOIN LATERAL (
        SELECT state, sum(ms) AS ms, sum(entries) AS entries FROM stay_day
        WHERE service_id = s.id AND day >= ${days.from}::int AND day < ${days.to}::int GROUP BY state) d
      UNION ALL SELECT state, ms, entries FROM edge
      UNION ALL SELECT state, ms, 0 FROM newest
    ) x GROUP BY state HAVING sum(ms) <> 0 OR sum(entries) <> 0 ORDER BY state`;
}

/** What the statement asks of them, as rows `id`, `host` and `until`. */
export function givenServices(tx: Tx, services: readonly ObservedService[]) {
  const rows = services.map(({ id, host, observedUntil }) => ({ id, host, until: observedUntil }));
  return tx`SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
    AS s(id int, host text, until bigint)`;
}

/** For each host of `s` its gaps that reach into the span, as `spans`. */
export function hostGaps(tx: Tx, { from, to }: MsSpan) {
  return tx`SELECT o.host, range_agg(int8range(g.from_at / 1000, g.to_at / 1000)) AS spans
    FROM (SELECT DISTINCT host FROM s) o JOIN gap g ON g.host = o.host AND NOT g.recovered
      AND g.to_at > ${from * 1000}::bigint AND g.from_at < ${to * 1000}::bigint AND g.to_at > g.from_at
    GROUP BY o.host`;
}

interface Edge extends MsSpan {
  /** 1: what lies in it comes to the days. -1: it is taken away from them. */
  readonly sign: 1 | -1;
}

/**
 * A span as whole days and what is left over or too much.
 * @param at now, in ms.
 * @param thinnedUntil before it there are only whole days.
 */
function inDays({ from, to }: MsSpan, at: number, thinnedUntil: number): { days: MsSpan; edges: Edge[] } {
  const first = from < thinnedUntil ? Math.ceil(from / dayMs) : Math.round(from / dayMs);
  const last = to < thinnedUntil ? Math.floor(to / dayMs) : lastDay(to, at);
  const isKept = (one: MsSpan) => one.from < one.to && one.from >= thinnedUntil;
  if (first >= last) {
    const rest = { sign: 1 as const, from: Math.max(from, thinnedUntil), to };
    return { days: { from: 0, to: 0 }, edges: [rest].filter(isKept) };
  }
  const edges = [edge(from, first * dayMs), edge(last * dayMs, to)];
  return { days: { from: first, to: last }, edges: edges.filter(isKept) };
}

/** Of what is not over yet nothing has to be taken away: the sums end with the newest move. */
function lastDay(to: number, at: number): number {
  return to > at - dayMs / 2 ? Math.ceil(to / dayMs) : Math.round(to / dayMs);
}

function edge(from: number, to: number): Edge {
  return from <= to ? { sign: 1, from, to } : { sign: -1, from: to, to: from };
}
