import { dayMs, type MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";

/**
 * How often services moved on the days (UTC) that a span touches, by service id; one that did not is
 * left out. At least as often as in the span itself: it tells what reading that span would take.
 */
export async function readHowBusy(
  tx: Tx,
  serviceIds: readonly number[],
  { from, to }: MsSpan,
): Promise<ReadonlyMap<number, number>> {
  const rows = await tx<{ service_id: number; moves: number }[]>`
    SELECT service_id, sum(entries)::int AS moves FROM stay_day
    WHERE service_id = ANY(${serviceIds as number[]}::int[])
      AND day BETWEEN ${Math.floor(from / dayMs)}::int AND ${Math.floor(to / dayMs)}::int
    GROUP BY service_id`;
  return new Map(rows.map(({ service_id, moves }) => [service_id, moves]));
}
