import type { Micros } from "../machine/types";
import type { Alert } from "./alert";
import { type AlertRecord, alertView } from "./alert-view";

type StoredAlert = Omit<AlertRecord, "name" | "kind" | "tags" | "group">;

/**
 * The alert as it stood at an instant, for a message that is made later: what became of it since is
 * told by a message of its own.
 */
export function alertAsOf(
  row: StoredAlert,
  { service, group }: Pick<Alert, "service" | "group">,
  at: Micros,
): Alert {
  const isOver = row.resolvedAt !== null && row.resolvedAt <= at;
  const isTaken = row.acknowledgedAt !== null && row.acknowledgedAt <= at;
  const record: AlertRecord = {
    ...row,
    name: service?.slice(row.host.length + 1) ?? null,
    ...{ kind: null, tags: null, group },
    resolvedAt: isOver ? row.resolvedAt : null,
    resolvedBecause: isOver ? row.resolvedBecause : null,
    acknowledgedBy: isTaken ? row.acknowledgedBy : null,
  };
  return alertView(record, [], at);
}
