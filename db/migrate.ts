import { randomUUID } from "node:crypto";
import path from "node:path";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { locks } from "./channels";
import { connect, type Database, type DatabaseTarget, openDatabase } from "./open";
import { instance } from "./schema";

const oldestMajor = 15;

/**
 * Brings the schema up to date, once, however many start at the same time.
 * @param root the project's folder, where `db/migrations` lies.
 * @throws Error in one line when the server is too old or behind a transaction pooler.
 */
export async function migrate(target: DatabaseTarget, root: string): Promise<void> {
  const guard = connect(target, { name: "migration lock", max: 1, dedicated: true });
  const database = openDatabase(target, { name: "migration", max: 1 });
  try {
    await refuseOldServer(guard);
    await refusePooler(guard);
    await guard`SELECT pg_advisory_lock(${locks.migration})`;
    await runMigrations(database.db, { migrationsFolder: path.join(root, "db", "migrations") });
    await nameInstance(database);
  } finally {
    await database.close();
    await guard.end({ timeout: 2 });
  }
}

async function refuseOldServer(sql: ReturnType<typeof connect>): Promise<void> {
  const [row] = await sql<{ version: string }[]>`SELECT current_setting('server_version_num') AS version`;
  const major = Math.floor(Number(row?.version ?? 0) / 10_000);
  if (major < oldestMajor)
    throw new Error(`The PostgreSQL server is version ${major}; Signalbox needs ${oldestMajor} or newer.`);
}

/** Behind a pooler in transaction mode a session's lock is gone with the next statement. */
async function refusePooler(sql: ReturnType<typeof connect>): Promise<void> {
  const [before] = await sql<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  await sql`SELECT set_config('signalbox.probe', 'kept', false)`;
  const [after] = await sql<{ pid: number; kept: string | null }[]>`
    SELECT pg_backend_pid() AS pid, current_setting('signalbox.probe', true) AS kept`;
  if (before?.pid !== after?.pid || after?.kept !== "kept")
    throw new Error(
      "DATABASE_URL leads through a pooler in transaction mode, which loses locks and notifications: give the server's own address, or a pooler in session mode.",
    );
}

async function nameInstance(database: Database): Promise<void> {
  const found = await database.db.select().from(instance).limit(1);
  if (found.length === 0)
    await database.db.insert(instance).values({ id: randomUUID(), createdAt: Date.now() * 1000 });
}
