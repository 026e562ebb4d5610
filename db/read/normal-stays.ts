import { eq } from "drizzle-orm";
import { stayTotal } from "../insight-schema";
import type { Handle } from "../open";

/** The lengths in ms of a service's newest stays in each state, as far as they say what is normal. */
export async function readRecentStays(db: Handle, serviceId: number): Promise<Map<string, number[]>> {
  const rows = await db
    .select({ state: stayTotal.state, recent: stayTotal.recent })
    .from(stayTotal)
    .where(eq(stayTotal.serviceId, serviceId));
  return new Map(rows.map(({ state, recent }) => [state, recent]));
}
