import { bandsOf, joined, type StateBand } from "../../lib/insight/bands";
import { dayMs, type MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { readCells } from "./cells";
import { readDayCells } from "./day-cells";
import { readKnownHistories } from "./known-history";
import type { ObservedService } from "./observed-services";

/** With more moves than these for each point, bands are put together in the database. */
const movesPerPoint = 4;
/** With more moves than these a long span is told by whole days, whatever was asked for. */
const mostMovesRead = 20_000;
const fewestDays = 4;

/**
 * The bands of each of these services over a span, by service id, about `points` of them at most
 * twice over. What is quiet is exact to the millisecond; where a service moved so often that it
 * could not be drawn, a band is what most of its time was. To be called `atOneMoment`.
 */
export async function readTimelines(
  tx: Tx,
  services: readonly ObservedService[],
  span: MsSpan,
  points: number,
): Promise<Map<number, StateBand[]>> {
  const finestMs = Math.max(1, Math.ceil((span.to - span.from) / points));
  const histories = await readKnownHistories(tx, services, span, points * movesPerPoint);
  const timelines = new Map(
    [...histories].map(([id, history]) => [id, bandsOf(history, span, finestMs)] as const),
  );
  const busy = services.filter(({ id }) => !timelines.has(id));
  const byDays = await tooBusyFor(tx, busy, span);
  const cells = new Map([
    ...(await readCells(
      tx,
      busy.filter(({ id }) => !byDays.has(id)),
      span,
      finestMs,
    )),
    ...(await readDayCells(
      tx,
      busy.filter(({ id }) => byDays.has(id)),
      span,
    )),
  ]);
  for (const [id, row] of cells) timelines.set(id, joined(row));
  return timelines;
}

/** Those of which history would have to be read for too long. */
async function tooBusyFor(
  tx: Tx,
  services: readonly ObservedService[],
  { from, to }: MsSpan,
): Promise<ReadonlySet<number>> {
  const days = { from: Math.ceil(from / dayMs), to: Math.floor(to / dayMs) };
  if (services.length === 0 || days.to - days.from < fewestDays) return new Set();
  const rows = await tx<{ service_id: number }[]>`
    SELECT service_id FROM stay_day
    WHERE service_id = ANY(${services.map(({ id }) => id)}::int[]) AND day >= ${days.from} AND day < ${days.to}
    GROUP BY service_id HAVING sum(entries) > ${mostMovesRead}`;
  return new Set(rows.map((row) => row.service_id));
}
