import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { recomputeSums } from "../recompute-sums";
import { openTestDatabase, type TestDatabase } from "../test-database";
import { addHost, addMove, addService } from "../test-fleet";
import { anyTelling, tellHistory } from "../test-histories";

let store: TestDatabase;
const sql = () => store.database.sql;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(async () => store?.close());

async function readSums() {
  return {
    days: [...(await sql()`SELECT * FROM stay_day ORDER BY service_id, day, state`)],
    totals: [...(await sql()`SELECT * FROM stay_total ORDER BY service_id, state`)],
    moves: [...(await sql()`SELECT * FROM move_count ORDER BY service_id, from_state, to_state, cause`)],
  };
}

const withoutMs = ({ ms: _, ...row }: Record<string, unknown>) => row;

test("sums kept while recording are what all of history comes to, to the millisecond", async () => {
  await fc.assert(
    fc.asyncProperty(anyTelling, async (telling) => {
      await tellHistory(sql(), telling);
      const kept = await readSums();
      await recomputeSums(sql());
      const anew = await readSums();
      expect({ ...kept, totals: kept.totals.map(withoutMs) }).toEqual({
        ...anew,
        totals: anew.totals.map(withoutMs),
      });
      // Counters never fall: a gap that is told late is taken from the days alone.
      const gapless = telling.every(({ entries }) => entries.every(({ tag }) => tag === "move"));
      for (const [index, { ms }] of kept.totals.entries()) {
        expect(ms).toBeGreaterThanOrEqual(anew.totals[index]?.ms);
        if (gapless) expect(ms).toBe(anew.totals[index]?.ms);
      }
      const [wrong] = await sql()`SELECT * FROM stay_day WHERE ms < 0 OR ms > 86400000`;
      expect(wrong).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

test("a move counts from its own instant on, but never before the move before it", async () => {
  await addHost(store.database, "lab");
  const serviceId = await addService(store.database, "lab", "clock", { state: null });
  const at = Date.parse("2026-05-01T12:00:00Z") * 1000;
  const steps = [at + 999, at + 5_000_999, at - 60_000_000, at + 6_000_000];
  for (const [index, instant] of steps.entries())
    await addMove(store.database, {
      serviceId,
      seq: index + 1,
      to: index % 2 ? "Error" : "Running",
      at: instant,
    });
  const rows = await sql()`SELECT counted_at FROM transition WHERE service_id = ${serviceId} ORDER BY seq`;
  expect(rows.map(({ counted_at }) => counted_at - at / 1000)).toEqual([0, 5_000, 5_000, 6_000]);
  const sums =
    await sql()`SELECT state, ms, entries FROM stay_total WHERE service_id = ${serviceId} ORDER BY state`;
  expect([...sums]).toEqual([
    { state: "Error", ms: 0, entries: 2 },
    { state: "Running", ms: 6_000, entries: 2 },
  ]);
});

test("the newest hundred stays say what is normal, newest first", async () => {
  await addHost(store.database, "many");
  const serviceId = await addService(store.database, "many", "often", { state: null });
  for (let seq = 1; seq <= 230; seq++) {
    const to = seq % 2 === 0 ? "Running" : "Starting";
    await addMove(store.database, { serviceId, seq, to, at: seq * 1_000_000, inFromUs: seq * 1_000 });
  }
  const [starting] = await sql()`
    SELECT recent FROM stay_total WHERE service_id = ${serviceId} AND state = 'Starting'`;
  expect(starting?.recent).toEqual(Array.from({ length: 100 }, (_, n) => 230 - 2 * n));
});
