import { toRfc3339 } from "../clock";
import type { Micros, OperatorEvent } from "../machine/types";
import type { Command } from "./service";

/** A command as it is stored; instants in microseconds. */
export interface CommandRow {
  readonly id: string;
  readonly event: OperatorEvent;
  readonly actor: string;
  readonly reason: string | null;
  readonly status: Command["status"];
  readonly requestedAt: Micros;
  readonly reachedAt: Micros | null;
  readonly settledAt: Micros | null;
  readonly detail: string | null;
}

/** @returns the command as the API and the feed tell it. @param service its service's id, `host/name`. */
export function commandView(row: CommandRow, service: string): Command {
  return {
    id: row.id,
    service,
    event: row.event,
    actor: row.actor,
    reason: row.reason,
    status: row.status,
    requestedAt: toRfc3339(row.requestedAt),
    reachedAt: row.reachedAt === null ? null : toRfc3339(row.reachedAt),
    settledAt: row.settledAt === null ? null : toRfc3339(row.settledAt),
    detail: row.detail,
  };
}
