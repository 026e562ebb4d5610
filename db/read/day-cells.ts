import type { StateBand } from "../../lib/insight/bands";
import { piecesOf } from "../../lib/insight/pieces";
import { byDay, dayMs, type MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { asBand, readCells } from "./cells";
import { readGapsOf } from "./known-history";
import type { ObservedService } from "./observed-services";

/**
 * A span in its days (UTC), from the sums; only the parts of days at either end from history. For
 * services that moved so often that reading all of it would take long. To be called `atOneMoment`.
 */
export async function readDayCells(
  tx: Tx,
  services: readonly ObservedService[],
  span: MsSpan,
): Promise<Map<number, StateBand[]>> {
  const first = Math.min(Math.ceil(span.from / dayMs) * dayMs, span.to);
  const last = Math.max(Math.floor(span.to / dayMs) * dayMs, first);
  const head = await readCells(tx, services, { from: span.from, to: first }, dayMs);
  const tail = await readCells(tx, services, { from: last, to: span.to }, dayMs);
  const told = await Promise.all(
    services.map(async (service) => {
      const days = await readDays(tx, service, { from: first, to: last });
      const { id } = service;
      const cells: StateBand[] = [...(head.get(id) ?? []), ...days, ...(tail.get(id) ?? [])];
      return [id, cells] as const;
    }),
  );
  return new Map(told);
}

async function readDays(tx: Tx, service: ObservedService, { from, to }: MsSpan): Promise<StateBand[]> {
  if (from >= to) return [];
  const rows = await tx<{ day: number; state: string; ms: number; entries: number }[]>`
    SELECT day, state, ms, entries FROM stay_day
    WHERE service_id = ${service.id} AND day >= ${from / dayMs}::int AND day < ${to / dayMs}::int`;
  const days = byDay({ from, to }).map((part) => ({ ...part, states: new Map<string, number>(), moves: 0 }));
  const dayOf = (day: number) => days[day - from / dayMs];
  const add = (day: number, state: string, ms: number) => {
    const states = dayOf(day)?.states;
    states?.set(state, (states.get(state) ?? 0) + ms);
  };
  for (const { day, state, ms, entries } of rows) {
    add(day, state, ms);
    const told = dayOf(day);
    if (told) told.moves += entries;
  }
  for (const piece of await readNewestStay(tx, service, { from, to }))
    for (const part of byDay(piece))
      if (piece.state !== null) add(part.day, piece.state, part.to - part.from);
  return days.map(({ states, moves, ...part }) => {
    const [most] = [...states].sort(([, a], [, b]) => b - a);
    const seen = [...states.values()].reduce((sum, ms) => sum + ms, 0);
    return asBand(part, { state: most?.[0] ?? null, most: most?.[1] ?? 0, seen, moves });
  });
}

/** What the sums do not hold yet: the stay that has not ended. */
async function readNewestStay(tx: Tx, { id, host, observedUntil }: ObservedService, span: MsSpan) {
  const [newest] = await tx<{ to_state: string; counted_at: number }[]>`
    SELECT to_state, counted_at FROM transition WHERE service_id = ${id} ORDER BY seq DESC LIMIT 1`;
  if (!newest) return [];
  const gaps = (await readGapsOf(tx, [host], span)).get(host) ?? [];
  const moves = [{ countedAt: newest.counted_at, toState: newest.to_state }];
  return piecesOf({ moves, gaps, observedUntil }, span);
}
