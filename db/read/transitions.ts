import { and, desc, eq, getTableColumns, gte, inArray, lt, type SQL, sql } from "drizzle-orm";
import type { Handle } from "../open";
import { attribution, service, transition } from "../schema";

type Row = typeof transition.$inferSelect;
type Cause = Pick<typeof attribution.$inferSelect, "revision" | "kind" | "actor" | "detail">;

/** One row of history with the cause that is believed now, or that a revision told. */
export interface TransitionRecord extends Row {
  readonly host: string;
  readonly name: string;
  readonly cause: Cause;
}

export interface TransitionFilter {
  readonly serviceId?: number | undefined;
  readonly hosts?: readonly string[] | undefined;
  /** `host/name` */
  readonly services?: readonly string[] | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly causes?: readonly string[] | undefined;
  /** Who it was, by name. */
  readonly actors?: readonly string[] | undefined;
  /** A plain text to look for in `host/name`; case does not count. */
  readonly text?: string | undefined;
  /** States that were entered. */
  readonly states?: readonly string[] | undefined;
  /** The span, in µs: from here on, and before there. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The last row of the page before, of the fleet or of one service. */
  readonly after?: { readonly at: number; readonly id: number } | undefined;
  readonly afterSeq?: number | undefined;
}

/**
 * History, newest first. One service's by `seq`, which is its order of time; the fleet's by instant,
 * and within one instant what was stored last comes first.
 */
export async function findTransitions(
  db: Handle,
  filter: TransitionFilter,
  limit: number,
): Promise<TransitionRecord[]> {
  const { serviceId, hosts, services, kinds, causes, actors, text, states, from, to, after, afterSeq } =
    filter;
  const newest = newestCause(db);
  const id = sql`${service.host} || '/' || ${service.name}`;
  const conditions = [
    serviceId === undefined ? undefined : eq(transition.serviceId, serviceId),
    hosts && inArray(service.host, [...hosts]),
    services && inArray(id, [...services]),
    kinds && inArray(service.kind, [...kinds]),
    causes && inArray(newest.kind, [...causes]),
    causes && everTold(db, inArray(attribution.kind, [...causes])),
    actors && inArray(newest.actor, [...actors]),
    actors && everTold(db, inArray(attribution.actor, [...actors])),
    text ? sql<boolean>`strpos(lower(${id}), lower(${text})) > 0` : undefined,
    states && inArray(transition.toState, [...states]),
    from === undefined ? undefined : gte(transition.at, from),
    to === undefined ? undefined : lt(transition.at, to),
    after && sql`(${transition.at}, ${transition.id}) < (${after.at}, ${after.id})`,
    afterSeq === undefined ? undefined : lt(transition.seq, afterSeq),
  ].filter((condition): condition is SQL => condition !== undefined);
  const rows = await db
    .select({
      row: getTableColumns(transition),
      host: service.host,
      name: service.name,
      cause: { revision: newest.revision, kind: newest.kind, actor: newest.actor, detail: newest.detail },
    })
    .from(transition)
    .innerJoin(service, eq(service.id, transition.serviceId))
    .innerJoinLateral(newest, sql`true`)
    .where(and(...conditions))
    .orderBy(
      ...(serviceId === undefined ? [desc(transition.at), desc(transition.id)] : [desc(transition.seq)]),
    )
    .limit(limit);
  return rows.map(({ row, ...rest }) => ({ ...row, ...rest }));
}

/** Names one telling of a transition: the row and the revision of its cause. */
export const tellingKey = (transitionId: number, revision: number) => `${transitionId}:${revision}`;

/** Every telling of these transitions, by `tellingKey`. */
export async function readTellings(
  db: Handle,
  ids: readonly number[],
): Promise<ReadonlyMap<string, TransitionRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      row: getTableColumns(transition),
      host: service.host,
      name: service.name,
      cause: {
        revision: attribution.revision,
        kind: attribution.kind,
        actor: attribution.actor,
        detail: attribution.detail,
      },
    })
    .from(transition)
    .innerJoin(service, eq(service.id, transition.serviceId))
    .innerJoin(attribution, eq(attribution.transitionId, transition.id))
    .where(inArray(transition.id, [...ids]));
  return new Map(
    rows.map(({ row, ...rest }) => [tellingKey(row.id, rest.cause.revision), { ...row, ...rest }] as const),
  );
}

/** Holds more than the newest telling does, but an index answers it: what is rare is found at once. */
function everTold(db: Handle, told: SQL): SQL {
  const ids = db.select({ id: attribution.transitionId }).from(attribution).where(told);
  return inArray(transition.id, ids);
}

function newestCause(db: Handle) {
  return db
    .select({
      revision: attribution.revision,
      kind: attribution.kind,
      actor: attribution.actor,
      detail: attribution.detail,
    })
    .from(attribution)
    .where(eq(attribution.transitionId, transition.id))
    .orderBy(desc(attribution.revision))
    .limit(1)
    .as("newest");
}
