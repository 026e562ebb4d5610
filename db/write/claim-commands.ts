import type { CommandRow } from "../../lib/wire/command-view";
import type { Sql, TransactionSql } from "../open";

export interface ClaimedCommand {
  readonly serviceId: number;
  /** `host/name` */
  readonly service: string;
  readonly host: string;
  readonly epoch: number;
  readonly row: CommandRow;
}

/** Of the command `c` and its service `s`. */
const columns = (sql: Sql | TransactionSql) => sql`
  c.id, c.service_id AS "serviceId", c.event, c.actor, c.reason, c.status, c.requested_at AS "requestedAt",
  c.reached_at AS "reachedAt", c.settled_at AS "settledAt", c.detail, s.host || '/' || s.name AS service, s.host`;

/** How long a request waits for an engine. Older ones are not executed any more. */
export const pickUpWithinMs = 30_000;

/**
 * Takes every requested command of these hosts, each exactly once: a command that was taken is not
 * given again, whatever becomes of the taker. One statement, since somebody waits for it; that it was
 * taken is told by whoever records what becomes of it.
 */
export async function claimCommands(
  sql: Sql,
  leases: readonly { readonly host: string; readonly epoch: number }[],
): Promise<ClaimedCommand[]> {
  if (leases.length === 0) return [];
  const rows = await sql<(CommandRow & Omit<ClaimedCommand, "row">)[]>`
    UPDATE command c SET status = 'accepted', epoch = h.epoch
    FROM service s JOIN host h ON h.id = s.host
      JOIN jsonb_to_recordset(${JSON.stringify(leases)}::text::jsonb) AS mine(host text, epoch bigint)
        ON mine.host = h.id AND mine.epoch = h.epoch
    WHERE c.status = 'requested' AND c.service_id = s.id AND c.settled_at IS NULL
    RETURNING ${columns(sql)}, h.epoch`;
  return rows.map(({ serviceId, service, host, epoch, ...row }) => ({
    serviceId,
    service,
    host,
    epoch,
    row,
  }));
}

/** Commands that were taken under these leases and have no fate yet. */
export async function readTaken(
  sql: Sql,
  leases: readonly { readonly host: string; readonly epoch: number }[],
): Promise<ClaimedCommand[]> {
  if (leases.length === 0) return [];
  const rows = await sql<(CommandRow & Omit<ClaimedCommand, "row">)[]>`
    SELECT ${columns(sql)}, mine.epoch
    FROM command c JOIN service s ON s.id = c.service_id
      JOIN jsonb_to_recordset(${JSON.stringify(leases)}::text::jsonb) AS mine(host text, epoch bigint)
        ON mine.host = s.host AND mine.epoch = c.epoch
    WHERE c.status = 'accepted' AND c.settled_at IS NULL`;
  return rows.map(({ serviceId, service, host, epoch, ...row }) => ({
    serviceId,
    service,
    host,
    epoch,
    row,
  }));
}
