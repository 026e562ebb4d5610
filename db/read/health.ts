import { desc, sql } from "drizzle-orm";
import type { Handle } from "../open";
import { engineHealth } from "../schema";

export type EngineHealthRow = typeof engineHealth.$inferSelect;

/** What engines said of themselves, the one that was heard last first. */
export async function readEngines(db: Handle): Promise<EngineHealthRow[]> {
  return db.select().from(engineHealth).orderBy(desc(engineHealth.at)).limit(20);
}

export interface DatabaseSize {
  readonly version: string;
  readonly bytes: number;
  /** Of history: its rows with their causes and indexes. */
  readonly historyBytes: number;
  /** As PostgreSQL estimates it where there are many: counting them all takes too long. */
  readonly transitions: number;
  readonly transitionsEstimated: boolean;
}

const countUpTo = 100_000;

/** How large the database and the history in it have become. */
export async function readDatabaseSize(db: Handle): Promise<DatabaseSize> {
  const [row] = await db.execute<{ version: string; bytes: number; history: number; estimate: number }>(sql`
    SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS bytes,
      pg_total_relation_size('transition') + pg_total_relation_size('attribution') AS history,
      (SELECT reltuples::bigint FROM pg_class WHERE oid = 'transition'::regclass) AS estimate`);
  const [counted] = await db.execute<{ count: number }>(
    sql`SELECT count(*) AS count FROM (SELECT 1 FROM transition LIMIT ${countUpTo + 1}) AS counted`,
  );
  const count = Number(counted?.count ?? 0);
  const isMore = count > countUpTo;
  return {
    version: row?.version ?? "",
    bytes: Number(row?.bytes ?? 0),
    historyBytes: Number(row?.history ?? 0),
    transitions: isMore ? Math.max(count, Number(row?.estimate ?? 0)) : count,
    transitionsEstimated: isMore,
  };
}
