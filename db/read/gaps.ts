import { and, asc, desc, eq, gt, sql } from "drizzle-orm";
import type { Handle } from "../open";
import { gap, transition } from "../schema";

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
