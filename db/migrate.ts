import { randomUUID } from "node:crypto";
import path from "node:path";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import { locks } from "./channels";
import { connect, type Database, type DatabaseTarget, openDatabase } from "./open";
import { instance } from "./schema";

/**
 * Brings the schema up to date, once, however many start at the same time.
 * @param root the project's folder, where `db/migrations` lies.
 */
export async function migrate(target: DatabaseTarget, root: string): Promise<void> {
  const guard = connect(target, { name: "migration lock", max: 1, dedicated: true });
  const database = openDatabase(target, { name: "migration", max: 1 });
  try {
    await guard`SELECT pg_advisory_lock(${locks.migration})`;
    await runMigrations(database.db, { migrationsFolder: path.join(root, "db", "migrations") });
    await nameInstance(database);
  } finally {
    await database.close();
    await guard.end({ timeout: 2 });
  }
}

async function nameInstance(database: Database): Promise<void> {
  const found = await database.db.select().from(instance).limit(1);
  if (found.length === 0)
    await database.db.insert(instance).values({ id: randomUUID(), createdAt: Date.now() * 1000 });
}
