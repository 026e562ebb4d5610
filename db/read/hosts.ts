import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { locks } from "../channels";
import type { Handle } from "../open";
import { host } from "../schema";
import type { HostRow } from "./services";

/** The hosts of the present configuration, by id. */
export async function readHosts(db: Handle): Promise<HostRow[]> {
  return db.select().from(host).where(eq(host.present, true)).orderBy(asc(host.id));
}

/** A page of them. @param after the last id of the page before. */
export async function findHosts(db: Handle, after: string | undefined, limit: number): Promise<HostRow[]> {
  const present = eq(host.present, true);
  return db
    .select()
    .from(host)
    .where(after === undefined ? present : and(present, gt(host.id, after)))
    .orderBy(asc(host.id))
    .limit(limit);
}

/** These hosts, in no order. */
export async function readHostsById(db: Handle, ids: readonly string[]): Promise<HostRow[]> {
  return ids.length === 0
    ? []
    : db
        .select()
        .from(host)
        .where(inArray(host.id, [...ids]));
}

/** Whether some engine holds the right to watch a host. */
export async function isAnyHostLeased(db: Handle): Promise<boolean> {
  const found = await db.execute(sql`
    SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = ${locks.hostLease}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) LIMIT 1`);
  return found.length > 0;
}
