import { and, arrayOverlaps, asc, desc, eq, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { StoredCause } from "../../lib/wire/transition-view";
import { alert } from "../alert-schema";
import type { Handle } from "../open";
import { attribution, command, host, service, transition } from "../schema";

export type ServiceRow = typeof service.$inferSelect;
export type HostRow = typeof host.$inferSelect;
export type StoredCommand = typeof command.$inferSelect;

/** All that a view of a service is made of. */
export interface ServiceRecord {
  readonly service: ServiceRow;
  readonly host: HostRow;
  /** The command under way; where there is none, the one whose target is being held. */
  readonly command: StoredCommand | null;
  /** What brought the service into its present state, as it is believed now. */
  readonly cause: StoredCause | null;
  /** How many of its alerts are not resolved. */
  readonly alerts: number;
}

export interface ServiceFilter {
  readonly states?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly hosts?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
  readonly tags?: readonly string[] | undefined;
  /** A plain text to look for in `host/name`, group and tags; case does not count. */
  readonly text?: string | undefined;
  /** The last service of the page before. */
  readonly after?: { readonly host: string; readonly name: string } | undefined;
}

/** The services of the present configuration, by host and name; at most `limit` of them. */
export async function findServices(
  db: Handle,
  filter: ServiceFilter,
  limit: number,
): Promise<ServiceRecord[]> {
  const { states, kinds, hosts, groups, tags, text, after } = filter;
  const conditions = [
    eq(service.present, true),
    states && inArray(service.state, [...states]),
    kinds && inArray(service.kind, [...kinds]),
    hosts && inArray(service.host, [...hosts]),
    groups && inArray(service.groupName, [...groups]),
    tags && arrayOverlaps(service.tags, [...tags]),
    text && mentions(text),
    after && sql`(${service.host}, ${service.name}) > (${after.host}, ${after.name})`,
  ];
  return select(
    db,
    and(...conditions.filter((condition) => condition !== undefined && condition !== "")),
    limit,
  );
}

/** Every service of the present configuration. */
export async function readFleet(db: Handle): Promise<ServiceRecord[]> {
  return select(db, eq(service.present, true));
}

/** These services, also those that left the configuration. */
export async function readServicesById(db: Handle, ids: readonly number[]): Promise<ServiceRecord[]> {
  return ids.length === 0 ? [] : select(db, inArray(service.id, [...ids]));
}

/** One service by name; `null` if there never was one. It may have left the configuration. */
export async function readService(db: Handle, hostId: string, name: string): Promise<ServiceRecord | null> {
  const [found] = await select(db, and(eq(service.host, hostId), eq(service.name, name)), 1);
  return found ?? null;
}

function mentions(text: string): SQL | undefined {
  const holds = (value: SQL) => sql<boolean>`strpos(lower(${value}), lower(${text})) > 0`;
  return or(
    holds(sql`${service.host} || '/' || ${service.name}`),
    holds(sql`coalesce(${service.groupName}, '')`),
    holds(sql`array_to_string(${service.tags}, ' ')`),
  );
}

async function select(db: Handle, where: SQL | undefined, limit?: number): Promise<ServiceRecord[]> {
  const active = db
    .selectDistinctOn([command.serviceId])
    .from(command)
    .where(isNull(command.settledAt))
    .orderBy(command.serviceId, sql`${command.reachedAt} IS NOT NULL`, desc(command.requestedAt))
    .as("active");
  const caused = db
    .select({ kind: attribution.kind, actor: attribution.actor, detail: attribution.detail })
    .from(transition)
    .innerJoin(attribution, eq(attribution.transitionId, transition.id))
    .where(and(eq(transition.serviceId, service.id), eq(transition.seq, service.seq)))
    .orderBy(desc(attribution.revision))
    .limit(1)
    .as("caused");
  const unresolved = db
    .select({ serviceId: alert.serviceId, count: sql<number>`count(*)::int`.as("count") })
    .from(alert)
    .where(isNull(alert.resolvedAt))
    .groupBy(alert.serviceId)
    .as("unresolved");
  const query = db
    .select()
    .from(service)
    .innerJoin(host, eq(host.id, service.host))
    .leftJoin(active, eq(active.serviceId, service.id))
    .leftJoin(unresolved, eq(unresolved.serviceId, service.id))
    .leftJoinLateral(caused, sql`true`)
    .where(where)
    .orderBy(asc(service.host), asc(service.name));
  const rows = await (limit === undefined ? query : query.limit(limit));
  return rows.map((row) => ({
    service: row.service,
    host: row.host,
    command: row.active,
    cause: row.caused,
    alerts: row.unresolved?.count ?? 0,
  }));
}
