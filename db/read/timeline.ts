import { bandsOf, joined, type StateBand } from "../../lib/insight/bands";
import { dayMs, type MsSpan } from "../../lib/insight/spans";
import type { TransactionSql as Tx } from "../open";
import { readCells } from "./cells";
import { readDayCells } from "./day-cells";
import { readHowBusy } from "./how-busy";
import { readKnownHistories } from "./known-history";
import type { ObservedService } from "./observed-services";
import { readThinnedUntil } from "./thinned-until";

/** Up to so many moves for each point every band is exact: they could nearly be drawn. */
const movesPerPoint = 4;
/** Up to so many, of all services together, history itself is quicker than putting bands together. */
const mostMovesTaken = 10_000;
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
  const lengthMs = span.to - span.from;
  const finestMs = Math.max(1, Math.ceil(lengthMs / points));
  const moves = await readHowBusy(
    tx,
    services.map(({ id }) => id),
    span,
  );
  const isThinned = span.from < (await readThinnedUntil(tx));
  const readFrom = ({ id }: ObservedService): "moves" | "cells" | "days" => {
    if (isThinned) return "days";
    const count = moves.get(id) ?? 0;
    if (count <= points * movesPerPoint) return "moves";
    if (finestMs > dayMs / 2) return "days";
    if (count <= mostMovesTaken / services.length) return "moves";
    return count > mostMovesRead && lengthMs >= fewestDays * dayMs ? "days" : "cells";
  };
  const told = (how: "moves" | "cells" | "days") => services.filter((service) => readFrom(service) === how);
  const histories = await readKnownHistories(tx, told("moves"), span);
  const cells = [
    ...(await readCells(tx, told("cells"), span, finestMs)),
    ...(await readDayCells(tx, told("days"), span)),
  ];
  return new Map([
    ...[...histories].map(([id, history]) => [id, bandsOf(history, span, finestMs)] as const),
    ...cells.map(([id, row]) => [id, joined(row)] as const),
  ]);
}
