import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, or, type SQL, sql } from "drizzle-orm";
import type { AlertRecord, SilenceRecord } from "../../lib/wire/alert-view";
import { alert, alertEvent, silence } from "../alert-schema";
import type { Handle } from "../open";
import { configState, type FleetAlerts, service } from "../schema";

/** What is unresolved is told in one page; more than these are a fleet that nobody looks after. */
const mostUnresolved = 5_000;

export interface StoredAlert extends AlertRecord {
  readonly serviceId: number | null;
}

export interface AlertFilter {
  readonly rules?: readonly string[] | undefined;
  readonly severities?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
  /** `host/name` */
  readonly services?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  /** Alerts that fired or held in this span, in µs. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const columns = {
  id: alert.id,
  serviceId: alert.serviceId,
  rule: alert.rule,
  severity: alert.severity,
  host: alert.host,
  name: service.name,
  kind: service.kind,
  tags: service.tags,
  group: sql<string | null>`coalesce(${alert.groupName}, ${service.groupName})`,
  since: alert.since,
  firedAt: alert.firedAt,
  resolvedAt: alert.resolvedAt,
  resolvedBecause: alert.resolvedBecause,
  summary: alert.summary,
  why: alert.why,
  todo: alert.todo,
  acknowledgedBy: alert.acknowledgedBy,
  acknowledgedAt: alert.acknowledgedAt,
  acknowledgedNote: alert.acknowledgedNote,
};

/** Alerts that still hold, the newest first. */
export async function findUnresolvedAlerts(db: Handle, filter: AlertFilter): Promise<StoredAlert[]> {
  return select(db, and(isNull(alert.resolvedAt), ...conditions(filter)), mostUnresolved);
}

/** Alerts that are over, the newest first. @param after the last one of the page before. */
export async function findResolvedAlerts(
  db: Handle,
  filter: AlertFilter,
  after: { readonly firedAt: number; readonly id: string } | undefined,
  limit: number,
): Promise<AlertRecord[]> {
  const older = after && sql`(${alert.firedAt}, ${alert.id}) < (${after.firedAt}, ${after.id})`;
  return select(db, and(isNotNull(alert.resolvedAt), older, ...conditions(filter)), limit);
}

/** These alerts, in no order. */
export async function readAlerts(db: Handle, ids: readonly string[]): Promise<StoredAlert[]> {
  return ids.length === 0 ? [] : select(db, inArray(alert.id, [...ids]), ids.length);
}

/** What became of an alert, in order. */
export async function readAlertEvents(db: Handle, alertId: string) {
  return db.select().from(alertEvent).where(eq(alertEvent.alertId, alertId)).orderBy(asc(alertEvent.id));
}

function conditions({
  rules,
  severities,
  hosts,
  services,
  groups,
  from,
  to,
}: AlertFilter): (SQL | undefined)[] {
  const group = sql`coalesce(${alert.groupName}, ${service.groupName})`;
  return [
    rules && inArray(alert.rule, [...rules]),
    severities && inArray(sql`${alert.severity}`, [...severities]),
    hosts && and(isNull(alert.groupName), inArray(alert.host, [...hosts])),
    services && inArray(sql`${alert.host} || '/' || ${service.name}`, [...services]),
    groups && inArray(group, [...groups]),
    from === undefined ? undefined : or(isNull(alert.resolvedAt), gte(alert.resolvedAt, from)),
    to === undefined ? undefined : lt(alert.firedAt, to),
  ];
}

async function select(db: Handle, where: SQL | undefined, limit: number): Promise<StoredAlert[]> {
  return db
    .select(columns)
    .from(alert)
    .leftJoin(service, eq(service.id, alert.serviceId))
    .where(where)
    .orderBy(desc(alert.firedAt), desc(alert.id))
    .limit(limit);
}

/** Silences and maintenances that have not been over at `since`, the newest first. */
export async function readSilences(db: Handle, since: number, limit = 1_000): Promise<SilenceRecord[]> {
  return db
    .select()
    .from(silence)
    .where(gt(silence.endsAt, since))
    .orderBy(desc(silence.createdAt))
    .limit(limit);
}

/** All of them, the newest first. @param after the last one of the page before. */
export async function findSilences(
  db: Handle,
  after: { readonly createdAt: number; readonly id: string } | undefined,
  limit: number,
): Promise<SilenceRecord[]> {
  const older = after && sql`(${silence.createdAt}, ${silence.id}) < (${after.createdAt}, ${after.id})`;
  return db
    .select()
    .from(silence)
    .where(older)
    .orderBy(desc(silence.createdAt), desc(silence.id))
    .limit(limit);
}

/** How the rules hold for the fleet; null until an engine has told it. */
export async function readFleetAlerts(db: Handle): Promise<FleetAlerts | null> {
  const [found] = await db
    .select({ alerts: configState.alerts })
    .from(configState)
    .where(eq(configState.id, 1));
  return found?.alerts ?? null;
}
