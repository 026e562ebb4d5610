import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Sql } from "./open";

const migration = fileURLToPath(new URL("migrations/0006_sums-of-stays.sql", import.meta.url));

/**
 * Makes the sums anew from all of history, with the statements by which the migration made them:
 * for tests and measurements. Nobody may be recording meanwhile.
 */
export async function recomputeSums(sql: Sql): Promise<void> {
  const statements = readFileSync(migration, "utf8")
    .split("--> statement-breakpoint")
    .map((statement) => statement.replaceAll(/^--.*$/gm, "").trim())
    .filter((statement) => statement.startsWith("INSERT"));
  await sql`TRUNCATE stay_day, stay_total, move_count`;
  for (const statement of statements) await sql.unsafe(statement);
}
