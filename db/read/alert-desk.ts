import type { FailedCommand } from "../../lib/insight/rules/picture";
import { rememberedMoves, rememberedUs, type ThrashMove } from "../../lib/insight/thrash/record";
import type { CauseKind } from "../../lib/machine/observation";
import type { ServiceDetail } from "../../lib/platforms/contract";
import type { Told } from "../../lib/probes/contract";
import type { Sql } from "../open";
import type { ThrashMark } from "../schema";

/** What the engine begins with when it takes over the alerts of a host: a query each, for all of its services. */

export interface DeskRow {
  readonly serviceId: number;
  readonly state: string | null;
  readonly since: number | null;
  /** As its platform tells it. */
  readonly health: ServiceDetail["health"] | null;
  /** What it says of itself. */
  readonly told: Told | null;
  /** Whether the chain counted it among its validators when it last said so; null: it never did. */
  readonly validator: boolean | null;
  /** Until when its host was last seen. */
  readonly observedUntil: number | null;
  readonly thrash: ThrashMark | null;
  /** Of the move into the present state. */
  readonly cause: { readonly kind: CauseKind; readonly detail: string } | null;
}

/** The host's services as they stand. */
export async function readDesks(sql: Sql, host: string): Promise<DeskRow[]> {
  return sql<DeskRow[]>`
    SELECT s.id AS "serviceId", s.state, s.since, s.detail->'health' AS health,
      s.application AS told, s.validator, h.observed_until AS "observedUntil", s.thrash,
      (SELECT jsonb_build_object('kind', a.kind, 'detail', a.detail)
        FROM transition t JOIN attribution a ON a.transition_id = t.id
        WHERE t.service_id = s.id AND t.seq = s.seq ORDER BY a.revision DESC LIMIT 1) AS cause
    FROM service s JOIN host h ON h.id = s.host WHERE s.host = ${host} AND s.present`;
}

/** The moves of each service that can bear on thrash at `at`, oldest first, with the newest causes. */
export async function readThrashMoves(
  sql: Sql,
  services: readonly number[],
  at: number,
): Promise<Map<number, ThrashMove[]>> {
  const since = Math.floor((at - rememberedUs) / 1000);
  const until = Math.floor(at / 1000);
  const rows = await sql<
    (Omit<ThrashMove, "cause"> & ThrashMove["cause"] & { readonly serviceId: number })[]
  >`
    SELECT t.service_id AS "serviceId", t.source_key AS key, t.at, t.from_state AS from, t.to_state AS to,
      t.event, a.kind, a.detail
    FROM unnest(${[...services]}::int[]) AS wanted(id)
    JOIN LATERAL (SELECT * FROM transition WHERE service_id = wanted.id
      AND counted_at >= ${since} AND counted_at <= ${until}
      ORDER BY counted_at DESC LIMIT ${rememberedMoves}) t ON true
    JOIN LATERAL (SELECT kind, detail FROM attribution WHERE transition_id = t.id
      ORDER BY revision DESC LIMIT 1) a ON true
    ORDER BY t.service_id, t.seq`;
  const moves = new Map<number, ThrashMove[]>();
  for (const { serviceId, kind, detail, ...move } of rows) {
    const known = moves.get(serviceId) ?? [];
    known.push({ ...move, cause: { kind, detail } });
    moves.set(serviceId, known);
  }
  return moves;
}

export interface UnresolvedRow {
  readonly id: string;
  readonly rule: string;
  readonly serviceId: number | null;
  readonly since: number;
  /** Whether its history says that it is silenced. */
  readonly silenced: boolean;
}

/** The alerts about the host and its services that are not resolved. */
export async function readUnresolved(sql: Sql, host: string): Promise<UnresolvedRow[]> {
  return sql<UnresolvedRow[]>`${selectUnresolved(sql)}
    WHERE host = ${host} AND group_name IS NULL AND resolved_at IS NULL`;
}

/** The alerts about a group as a whole that are not resolved. */
export async function readUnresolvedOfGroup(sql: Sql, group: string): Promise<UnresolvedRow[]> {
  return sql<UnresolvedRow[]>`${selectUnresolved(sql)} WHERE group_name = ${group} AND resolved_at IS NULL`;
}

function selectUnresolved(sql: Sql) {
  return sql`SELECT id, rule, service_id AS "serviceId", since, coalesce((
      SELECT e.what FROM alert_event e WHERE e.alert_id = alert.id AND e.what IN ('silenced', 'unsilenced')
      ORDER BY e.id DESC LIMIT 1) = 'silenced', false) AS silenced FROM alert`;
}

/** Commands older than this are not told any more when an engine begins. */
const commandsUs = 24 * 3_600_000_000;

/** The newest command of each service, where it went wrong and that is not yet told and over. */
export async function readFailedCommands(
  sql: Sql,
  host: string,
  at: number,
): Promise<(FailedCommand & { readonly serviceId: number })[]> {
  return sql<(FailedCommand & { readonly serviceId: number })[]>`
    SELECT s.id AS "serviceId", c.event, c.actor, c.status, c.settled_at AS "settledAt",
      coalesce(c.detail, '') AS detail
    FROM service s JOIN LATERAL (SELECT * FROM command WHERE service_id = s.id
      ORDER BY requested_at DESC LIMIT 1) c ON true
    WHERE s.host = ${host} AND s.present AND c.status IN ('failed', 'timed-out')
      AND c.settled_at > ${at - commandsUs}
      AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.service_id = s.id AND a.rule = 'command-failed'
        AND a.since = c.settled_at AND a.resolved_at IS NOT NULL)`;
}

/** The lengths in ms of a service's newest stays in a state; none where history has none. */
export async function readRecentStays(sql: Sql, serviceId: number, state: string): Promise<number[]> {
  const [row] = await sql<{ recent: number[] }[]>`
    SELECT recent FROM stay_total WHERE service_id = ${serviceId} AND state = ${state}`;
  return row?.recent.map(Number) ?? [];
}
