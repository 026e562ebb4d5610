import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { formatTarget, openDatabase, targetVariable } from "@/db/open";
import { openTestDatabase, type TestDatabase } from "@/db/test-database";
import { isDatabaseAway } from "./database-away";
import { askDatabase } from "./web-database";

let store: TestDatabase;

beforeAll(async () => {
  store = await openTestDatabase();
  process.env[targetVariable] = formatTarget(store.target);
});
afterAll(() => store.close());

test("a statement that takes too long is cancelled in the server, and told as a database out of reach", async () => {
  const { db, close } = openDatabase(store.target, { name: "impatient", max: 1, longestStatementMs: 50 });
  const failure = await db.execute(sql`SELECT pg_sleep(60)`).catch((error: unknown) => error);
  expect(failure).toMatchObject({ cause: { code: "57014" } });
  expect(isDatabaseAway(failure)).toBe(true);
  const running = sql`SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep(60)'`;
  expect(await store.database.db.execute(running)).toHaveLength(0);
  await close();
});

test("no question of the web process stays in the server for longer than anybody waits", async () => {
  const [limit] = await askDatabase(10_000, async (database) => {
    const shown = await database.db.execute(sql`SHOW statement_timeout`);
    await database.close();
    return shown;
  });
  expect(limit).toEqual({ statement_timeout: "15s" });
});
