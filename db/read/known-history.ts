import type { CountedMove, KnownHistory } from "../../lib/insight/pieces";
import type { MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { staysWithin } from "../stays-within";
import type { ObservedService } from "./observed-services";
import { givenServices } from "./time-in-state";

interface StoredStay {
  readonly id: number;
  readonly state: string;
  readonly counted_at: number;
  readonly next_at: number | null;
  readonly entered: boolean;
}

/**
 * What history itself says of these services in a span, by service id. One that has more than
 * `mostMoves` moves in it is left out: ask for its sums. To be called `atOneMoment`.
 */
export async function readKnownHistories(
  tx: Tx,
  services: readonly ObservedService[],
  span: MsSpan,
  mostMoves: number,
): Promise<Map<number, KnownHistory>> {
  const { from, to } = span;
  const stays = await tx<StoredStay[]>`
    WITH s AS MATERIALIZED (${givenServices(tx, services)})
    SELECT s.id, x.state, x.counted_at, x.next_at, x.entered
    FROM s CROSS JOIN LATERAL ${staysWithin(tx, tx`s.id`, tx`${from}::bigint`, tx`${to}::bigint`, mostMoves + 1)} x
    ORDER BY s.id, x.counted_at, x.seq`;
  const byService = new Map<number, StoredStay[]>(services.map(({ id }) => [id, []]));
  for (const stay of stays) byService.get(stay.id)?.push(stay);
  const few = services.filter(({ id }) => {
    const entered = byService.get(id)?.filter((stay) => stay.entered) ?? [];
    return entered.length <= mostMoves;
  });
  const since = Math.min(from, ...few.map(({ id }) => byService.get(id)?.[0]?.counted_at ?? from));
  const gaps = await readGapsOf(tx, [...new Set(few.map(({ host }) => host))], { from: since, to });
  return new Map(
    few.map(({ id, host, observedUntil }) => {
      const moves = movesOf(byService.get(id) ?? []);
      return [id, { moves, gaps: gaps.get(host) ?? [], observedUntil }];
    }),
  );
}

/** The moves that began the stays, and the one that ended the last of them. */
function movesOf(stays: readonly StoredStay[]): CountedMove[] {
  const moves = stays.map((stay) => ({ countedAt: stay.counted_at, toState: stay.state }));
  const end = stays.at(-1)?.next_at ?? null;
  // What it moved to lies beyond the span and is no part of what was asked.
  return end === null ? moves : [...moves, { countedAt: end, toState: "" }];
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
