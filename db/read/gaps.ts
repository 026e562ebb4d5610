import { and, asc, desc, eq, gt, inArray, lt, sql } from "drizzle-orm";
import type { Handle } from "../open";
import { gap, host, transition } from "../schema";

export type GapRow = typeof gap.$inferSelect;

/** When the service's history begins; `null` where there is none yet. */
export async function readFirstMove(db: Handle, serviceId: number): Promise<number | null> {
  const [first] = await db
    .select({ at: transition.at })
    .from(transition)
    .where(eq(transition.serviceId, serviceId))
    .orderBy(asc(transition.seq))
    .limit(1);
  return first?.at ?? null;
}

/** A host's gaps that ended after `since`, newest first. @param after the last one of the page before. */
export async function findGaps(
  db: Handle,
  host: string,
  since: number,
  after: { readonly from: number; readonly id: number } | undefined,
  limit: number,
): Promise<GapRow[]> {
  const older = after && sql`(${gap.from}, ${gap.id}) < (${after.from}, ${after.id})`;
  return db
    .select()
    .from(gap)
    .where(and(eq(gap.host, host), gt(gap.to, since), older))
    .orderBy(desc(gap.from), desc(gap.id))
    .limit(limit);
}

export interface FleetGapFilter {
  readonly hosts?: readonly string[] | undefined;
  /** The span, in µs: gaps that end after `from` and begin before `to`. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The last one of the page before. */
  readonly after?: { readonly from: number; readonly id: number } | undefined;
}

/** Gaps of the hosts of the present configuration, newest first. */
export async function findFleetGaps(db: Handle, filter: FleetGapFilter, limit: number): Promise<GapRow[]> {
  const { hosts, from, to, after } = filter;
  const older = after && sql`(${gap.from}, ${gap.id}) < (${after.from}, ${after.id})`;
  const rows = await db
    .select({ gap })
    .from(gap)
    .innerJoin(host, eq(host.id, gap.host))
    .where(
      and(
        eq(host.present, true),
        hosts && inArray(gap.host, [...hosts]),
        from === undefined ? undefined : gt(gap.to, from),
        to === undefined ? undefined : lt(gap.from, to),
        older,
      ),
    )
    .orderBy(desc(gap.from), desc(gap.id))
    .limit(limit);
  return rows.map((row) => row.gap);
}
