import { and, eq } from "drizzle-orm";
import type { Database } from "../open";
import { service } from "../schema";

/** What the engine needs to go on where history stands. */
export async function readTracks({ db }: Database, hostId: string) {
  return db
    .select({
      serviceId: service.id,
      name: service.name,
      kind: service.kind,
      state: service.state,
      seq: service.seq,
      since: service.since,
      sinceMonotonic: service.sinceMonotonic,
      sinceBootId: service.sinceBootId,
      wanted: service.wanted,
    })
    .from(service)
    .where(and(eq(service.host, hostId), eq(service.present, true)));
}
