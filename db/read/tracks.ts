import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../open";
import { service, transition } from "../schema";

/** What is read back overlaps what is known by seconds, not by more moves of one service than these. */
const rememberedKeys = 100;

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
      isTold: sql<boolean>`${service.application} IS NOT NULL`,
      // Written out: Drizzle leaves the table's name away here, and `id` alone would be the move's own.
      sourceKeys: sql<string[]>`ARRAY(SELECT t.source_key FROM ${transition} t
        WHERE t.service_id = "service"."id" ORDER BY t.seq DESC LIMIT ${rememberedKeys})`,
    })
    .from(service)
    .where(and(eq(service.host, hostId), eq(service.present, true)));
}
