import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, type Sql } from "./open";
import { openTestDatabase, type TestDatabase } from "./test-database";

/** What scripts/mend-driver.mjs is for. An error that nobody can catch would end this test's process. */

let home: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  home = await openTestDatabase();
  sql = connect(home.target, { name: "cut", max: 2 });
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await home.close();
});

const cutMe = (tx: Sql) => tx`SELECT pg_terminate_backend(pg_backend_pid())`;

test("a transaction that is cut at any statement is refused, and its connection comes back", async () => {
  for (let round = 0; round < 20; round += 1) {
    const cut = sql.begin(async (tx) => {
      for (let n = 0; n < round % 4; n += 1) await tx`SELECT ${n}::int`;
      await cutMe(tx as unknown as Sql).catch(() => {
        // goes on as if nothing had been, with a small statement and with a large one
      });
      await tx`SELECT ${"x".repeat(round % 2 === 0 ? 1 : 5_000)}::text`;
    });
    await expect(cut).rejects.toThrow();
    // The other connection may be told of the cut only now; after that both are there again.
    await Promise.allSettled([1, 2, 3].map((n) => sql`SELECT ${n}::int AS n`));
    const answers = await Promise.all([1, 2, 3].map((n) => sql`SELECT ${n}::int AS n`));
    expect(answers.map(([row]) => row?.n)).toEqual([1, 2, 3]);
  }
});

test("connections that others cut while they are busy come back, all of them", async () => {
  for (let round = 0; round < 20; round += 1) {
    const busy = [0, 1].map(() =>
      sql.begin(async (tx) => {
        for (let n = 0; n < 200; n += 1) await tx`SELECT ${n}::int`;
      }),
    );
    const ends = Promise.allSettled(busy);
    await home.database.sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'signalbox cut'`;
    await ends;
    await Promise.allSettled([0, 1].map(() => sql.begin((tx) => tx`SELECT 1 AS one`)));
    const both = await Promise.all([0, 1].map(() => sql.begin((tx) => tx`SELECT 1 AS one`)));
    expect(both.map(([row]) => row?.one)).toEqual([1, 1]);
  }
});
