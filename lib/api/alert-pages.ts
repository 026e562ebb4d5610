import type { Handle } from "@/db/open";
import { type AlertFilter, findResolvedAlerts, findUnresolvedAlerts, readSilences } from "@/db/read/alerts";
import { now } from "../clock";
import type { Alert } from "../wire/alert";
import { alertView } from "../wire/alert-view";
import { decodeCursor, encodeCursor } from "./cursor";
import { type Page, page } from "./json";

interface AlertQuery extends AlertFilter {
  readonly statuses?: readonly string[] | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** In the order of the list: what still holds comes before what is over. */
const [unresolved, resolved] = [0, 1];

interface Listed {
  readonly part: number;
  readonly firedAt: number;
  readonly alert: Alert;
}

/**
 * A page of alerts: those that hold first, then those that are over, each the newest first.
 * @throws ProblemError `malformed` for a cursor that is none of ours.
 */
export async function alertPage(db: Handle, query: AlertQuery): Promise<Page<Alert>> {
  const { statuses, limit, cursor, ...filter } = query;
  const [part = unresolved, firedAt, id] =
    cursor === undefined ? [] : decodeCursor(cursor, ["integer", "bigint", "text"]);
  const after = firedAt === undefined || id === undefined ? undefined : { firedAt, id };
  const wants = (status: string) => statuses === undefined || statuses.includes(status);
  const { at } = now();
  const silences = await readSilences(db, at);
  const listed: Listed[] = [];
  if (part === unresolved && ["firing", "acknowledged", "silenced"].some(wants)) {
    // They are few, and whether one is silenced stands in no column.
    const rows = (await findUnresolvedAlerts(db, filter)).map((row) => ({
      part: unresolved,
      firedAt: row.firedAt,
      alert: alertView(row, silences, at),
    }));
    listed.push(...rows.filter((row) => wants(row.alert.status) && isAfter(row, after)));
  }
  const rest = limit + 1 - listed.length;
  if (rest > 0 && wants("resolved")) {
    const rows = await findResolvedAlerts(db, filter, part === resolved ? after : undefined, rest);
    for (const row of rows)
      listed.push({ part: resolved, firedAt: row.firedAt, alert: alertView(row, silences, at) });
  }
  return page(
    listed,
    limit,
    ({ alert }) => alert,
    (row) => encodeCursor([row.part, row.firedAt, row.alert.id]),
  );
}

function isAfter(row: Listed, after: { readonly firedAt: number; readonly id: string } | undefined): boolean {
  if (after === undefined) return true;
  return row.firedAt < after.firedAt || (row.firedAt === after.firedAt && row.alert.id < after.id);
}
