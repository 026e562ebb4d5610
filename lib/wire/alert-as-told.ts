import { toRfc3339 } from "../clock";
import type { Micros } from "../machine/types";
import type { Alert } from "./alert";

/** An alert as it is stored; instants in µs. */
interface StoredAlert {
  readonly id: string;
  readonly rule: string;
  readonly severity: Alert["severity"];
  readonly host: string;
  readonly since: Micros;
  readonly firedAt: Micros;
  readonly resolvedAt: Micros | null;
  readonly resolvedBecause: string | null;
  readonly summary: string;
  readonly why: string;
  readonly todo: string;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Micros | null;
  readonly acknowledgedNote: string | null;
}

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
  const isTaken = row.acknowledgedBy !== null && row.acknowledgedAt !== null && row.acknowledgedAt <= at;
  const { id, rule, severity, host, summary, why, todo } = row;
  return {
    ...{ id, rule, severity, host, service, group, summary, why, todo },
    status: isOver ? "resolved" : isTaken ? "acknowledged" : "firing",
    since: toRfc3339(row.since),
    firedAt: toRfc3339(row.firedAt),
    resolvedAt: isOver && row.resolvedAt !== null ? toRfc3339(row.resolvedAt) : null,
    resolvedBecause: isOver ? row.resolvedBecause : null,
    acknowledged:
      isTaken && row.acknowledgedBy !== null && row.acknowledgedAt !== null
        ? { by: row.acknowledgedBy, at: toRfc3339(row.acknowledgedAt), note: row.acknowledgedNote }
        : null,
    silencedBy: null,
  };
}
