import { sql } from "drizzle-orm";
import type { Handle } from "../open";

const most = 200;

/**
 * Everybody who ever was the cause of a transition, by name. Hops from name to name in the index: a
 * plain DISTINCT would read every row of history.
 */
export async function readActors(db: Handle): Promise<string[]> {
  const rows = await db.execute<{ actor: string | null }>(sql`
    WITH RECURSIVE names AS (
      SELECT min(actor) AS actor FROM attribution WHERE actor IS NOT NULL
      UNION ALL
      SELECT (SELECT min(a.actor) FROM attribution a WHERE a.actor > names.actor) FROM names
      WHERE names.actor IS NOT NULL
    )
    SELECT actor FROM names WHERE actor IS NOT NULL LIMIT ${most}`);
  return rows.flatMap(({ actor }) => actor ?? []);
}
