import { afterAll, beforeAll, expect, test } from "vitest";
import { dayMs, type MsSpan } from "../../lib/insight/spans";
import { atOneMoment, observeService } from "../read/observed-services";
import { sumStates } from "../read/time-in-state";
import { readTimelines } from "../read/timeline";
import { openTestDatabase, type TestDatabase } from "../test-database";
import { addHost, addMove, addService } from "../test-fleet";
import { thinHistory } from "./thin-history";

/** Twenty days of moves, every five hours; then a service that moved once, long ago. */
const begins = 20_000 * dayMs;
const at = begins + 20 * dayMs;
const states = ["Stopped", "Starting", "Running", "Stopping"];
const keepMs = 10 * dayMs + 3_600_000;
const until = begins + 9 * dayMs;

let store: TestDatabase;
let busy: number;
let quiet: number;

beforeAll(async () => {
  store = await openTestDatabase();
  await addHost(store.database, "toys", { observedUntil: at * 1000, contactSince: begins * 1000 });
  busy = await addService(store.database, "toys", "busy");
  quiet = await addService(store.database, "toys", "quiet");
  for (let seq = 1; seq <= 96; seq += 1) {
    const [from, to] = [states[(seq - 1) % 4] ?? null, states[seq % 4] ?? ""];
    const moved = (begins + seq * 5 * 3_600_000) * 1000;
    await addMove(store.database, { serviceId: busy, seq, from: seq === 1 ? null : from, to, at: moved });
  }
  await addMove(store.database, { serviceId: quiet, seq: 1, to: "Running", at: (begins + 1_000) * 1000 });
});
afterAll(() => store.close());

const read = (span: MsSpan, id = busy) =>
  atOneMoment(store.database.sql, async (tx) => {
    const service = await observeService(tx, id, at * 1000);
    return {
      states: await sumStates(tx, [service], span, at),
      bands: (await readTimelines(tx, [service], span, 100)).get(id) ?? [],
    };
  });
const days = (from: number, to: number) => ({ from: begins + from * dayMs, to: begins + to * dayMs });
const kept = async (id: number) =>
  (
    await store.database.sql<{ seq: number; counted_at: number }[]>`
      SELECT seq, counted_at FROM transition WHERE service_id = ${id} ORDER BY seq`
  ).map(({ seq, counted_at }) => ({ seq, at: counted_at }));

test("old moves go, the newest before them and the sums of each day stay, and a second time nothing goes", async () => {
  const spans = [days(0, 20), days(2, 7), days(9, 20), { from: until + 7_000_000, to: until + 3.3 * dayMs }];
  const before = await Promise.all(spans.map((span) => read(span)));
  const all = await kept(busy);
  const removed = await thinHistory(store.database.sql, at, keepMs, 50_000);
  expect(removed).toBeGreaterThan(30);
  const left = await kept(busy);
  expect(left).toEqual(all.slice(removed));
  expect(left.filter((move) => move.at < until)).toHaveLength(1);
  expect(await kept(quiet)).toHaveLength(1);
  const [orphan] = await store.database.sql`SELECT count(*)::int AS n FROM attribution a
    WHERE NOT EXISTS (SELECT 1 FROM transition t WHERE t.id = a.transition_id)`;
  expect(orphan?.n).toBe(0);
  const after = await Promise.all(spans.map((span) => read(span)));
  expect(after.map((told) => told.states)).toEqual(before.map((told) => told.states));
  expect(after.slice(2)).toEqual(before.slice(2));
  expect(await thinHistory(store.database.sql, at, keepMs)).toBe(0);
});

test("of a part of a day that was thinned nothing is claimed, and what is told covers the span", async () => {
  const span = { from: begins + 2.5 * dayMs, to: begins + 4 * dayMs };
  const { states: told, bands } = await read(span);
  const whole = await read(days(3, 4));
  expect(told).toEqual(whole.states);
  expect(bands[0]?.from).toBe(span.from);
  expect(bands.at(-1)?.to).toBe(span.to);
  expect((await read({ from: until - 3_600_000, to: until + 3_600_000 })).states).toEqual(
    (await read({ from: until, to: until + 3_600_000 })).states,
  );
});

test("without saying so nobody removes anything", async () => {
  await expect(store.database.sql`DELETE FROM transition`).rejects.toThrow(/append-only/);
  await expect(store.database.sql`DELETE FROM attribution`).rejects.toThrow(/append-only/);
  const audit = store.database.sql.begin(async (tx) => {
    await tx`SET LOCAL signalbox.thinning = 'on'`;
    await tx`DELETE FROM audit`;
  });
  await expect(audit).rejects.toThrow(/append-only/);
});
