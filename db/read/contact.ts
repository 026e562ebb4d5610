import { and, desc, eq } from "drizzle-orm";
import type { Database } from "../open";
import { gap, host } from "../schema";

/** Where the last watch of a host ended. `observedUntil` is null if it never was watched. */
export async function readLastContact({ db }: Database, hostId: string) {
  const [row] = await db
    .select({
      contact: host.contact,
      reason: host.contactReason,
      observedUntil: host.observedUntil,
      historyUntil: host.historyUntil,
    })
    .from(host)
    .where(eq(host.id, hostId));
  return row ?? { contact: "never" as const, reason: null, observedUntil: null, historyUntil: null };
}

/** The host's newest gaps that nothing filled, newest first: those that can lie within a present stay. */
export async function readGaps({ db }: Pick<Database, "db">, hostId: string, limit: number) {
  return db
    .select({ from: gap.from, to: gap.to })
    .from(gap)
    .where(and(eq(gap.host, hostId), eq(gap.recovered, false)))
    .orderBy(desc(gap.from))
    .limit(limit);
}
