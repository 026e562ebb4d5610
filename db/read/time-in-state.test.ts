import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { StateBand } from "../../lib/insight/bands";
import type { KnownHistory } from "../../lib/insight/pieces";
import type { MsSpan } from "../../lib/insight/spans";
import { timeInState } from "../../lib/insight/time-in-state";
import { recomputeSums } from "../recompute-sums";
import { openTestDatabase, type TestDatabase } from "../test-database";
import { addHost, addService } from "../test-fleet";
import { anyTelling, historyBegins, type ToldHistory, tellHistory } from "../test-histories";
import { readCells } from "./cells";
import { readDayCells } from "./day-cells";
import { readKnownHistories } from "./known-history";
import { atOneMoment, chooseServices, type ObservedService } from "./observed-services";
import { sumStates } from "./time-in-state";
import { readTimelines } from "./timeline";

let store: TestDatabase;
const sql = () => store.database.sql;

beforeAll(async () => {
  store = await openTestDatabase();
});
afterAll(async () => store?.close());

/** All of a service's history, row by row. */
async function wholeHistory({ id, host, observedUntil }: ObservedService): Promise<KnownHistory> {
  const moves = await sql()<{ counted_at: number; to_state: string }[]>`
    SELECT counted_at, to_state FROM transition WHERE service_id = ${id} ORDER BY seq`;
  const gaps = await sql()<MsSpan[]>`
    SELECT from_at / 1000 AS from, to_at / 1000 AS to FROM gap WHERE host = ${host} AND NOT recovered`;
  return {
    moves: moves.map((row) => ({ countedAt: row.counted_at, toState: row.to_state })),
    gaps,
    observedUntil,
  };
}

const contact = fc.record({
  live: fc.boolean(),
  observedAgo: fc.nat(40 * 3_600_000_000),
  readingBack: fc.boolean(),
});
const instant = fc
  .integer({ min: -30, max: 200 })
  .chain((hours) => fc.nat(3_600_000).map((ms) => hours * 3_600_000 + ms));
const anySpans = fc.array(fc.tuple(instant, instant, fc.boolean()), { minLength: 3, maxLength: 6 });

async function setContact(
  told: ToldHistory,
  seen: { live: boolean; observedAgo: number; readingBack: boolean },
) {
  const until = seen.live ? told.clock : told.clock - seen.observedAgo;
  await sql()`UPDATE host SET contact = ${seen.live ? "live" : "lost"}, observed_until = ${until},
    history_until = ${seen.readingBack ? until - seen.observedAgo : until} WHERE id = ${told.host}`;
}

const seenOf = (rows: Iterable<readonly [string, { ms: number; entries: number }]>) =>
  Object.fromEntries(
    [...rows]
      .filter(([, { ms, entries }]) => ms + entries > 0)
      .map(([state, { ms, entries }]) => [state, { ms, entries }]),
  );

test("the time in state of any span, from sums or from rows, is what history says row by row", async () => {
  await fc.assert(
    fc.asyncProperty(anyTelling, contact, anySpans, async (telling, seen, spans) => {
      const told = await tellHistory(sql(), telling);
      await setContact(told, seen);
      const now = Math.floor(told.clock / 1000);
      const asked = spans.map(([a, b, untilNow]): MsSpan => {
        const [one, other] = [a, b].map((ms) => historyBegins / 1000 + ms) as [number, number];
        const to = untilNow ? now : Math.min(now, Math.max(one, other));
        return { from: Math.min(one, other, to), to };
      });
      await atOneMoment(sql(), async (tx) => {
        const services = await chooseServices(tx, { hosts: [told.host] }, told.clock);
        expect(services.map(({ id }) => id)).toEqual(told.services);
        for (const span of asked) {
          const together = new Map<string, { ms: number; entries: number }>();
          for (const service of services) {
            const expected = timeInState(await wholeHistory(service), span);
            const sums = await sumStates(tx, [service], span, now);
            expect(seenOf(sums.map(({ state, ...time }) => [state, time]))).toEqual(seenOf(expected.states));
            const known = (await readKnownHistories(tx, [service], span)).get(service.id);
            expect(known && timeInState(known, span)).toEqual(expected);
            for (const [state, { ms, entries }] of expected.states) {
              const before = together.get(state) ?? { ms: 0, entries: 0 };
              together.set(state, { ms: before.ms + ms, entries: before.entries + entries });
            }
          }
          const sums = await sumStates(tx, services, span, now);
          expect(seenOf(sums.map(({ state, ...time }) => [state, time]))).toEqual(seenOf(together));
        }
      });
    }),
    { numRuns: 30 },
  );
});

/** A band is what most of it was. */
function expectMost(history: KnownHistory, band: StateBand) {
  const { states, notObservedMs } = timeInState(history, band);
  const times = [...states.values()].map(({ ms }) => ms);
  const told = band.state === null ? notObservedMs : states.get(band.state)?.ms;
  expect(told).toBe(Math.max(notObservedMs, ...times));
  expect(band.moves).toBe([...states.values()].reduce((sum, { entries }) => sum + entries, 0));
}

test("timelines have no hole, and a band of cells or days is what most of it was", async () => {
  await fc.assert(
    fc.asyncProperty(anyTelling, contact, fc.integer({ min: 1, max: 40 }), async (telling, seen, points) => {
      const told = await tellHistory(sql(), telling);
      await setContact(told, seen);
      const now = Math.floor(told.clock / 1000);
      const span = { from: Math.min(now, historyBegins / 1000) - 50_000_000, to: now };
      const cellMs = Math.ceil((span.to - span.from) / points);
      await atOneMoment(sql(), async (tx) => {
        const services = await chooseServices(tx, { hosts: [told.host] }, told.clock);
        const timelines = await readTimelines(tx, services, span, points);
        const cells = await readCells(tx, services, span, cellMs);
        const days = await readDayCells(tx, services, span);
        for (const service of services) {
          const history = await wholeHistory(service);
          for (const row of [timelines, cells, days].map((each) => each.get(service.id) ?? [])) {
            expect([row.at(0)?.from, row.at(-1)?.to]).toEqual([span.from, span.to]);
            for (const [index, band] of row.entries()) {
              expect(row[index + 1]?.from ?? band.to).toBe(band.to);
              expectMost(history, band);
            }
          }
        }
      });
    }),
    { numRuns: 20 },
  );
});

test("a service that moves too often to be drawn is told in cells, one that never rests in days", async () => {
  await addHost(store.database, "busy");
  const id = await addService(store.database, "busy", "crash", { state: null });
  await sql()`
    INSERT INTO transition (service_id, seq, from_state, to_state, at, observed_at, gap_us, source, source_key,
      declared, inferred, evidence, counted_at)
    SELECT ${id}, n, NULL, CASE n % 2 WHEN 0 THEN 'Error' ELSE 'Running' END, n * 20000000, 0, 0, 'signal', n,
      true, false, '{}', n * 20000 FROM generate_series(1, 30000::bigint) AS n`;
  await recomputeSums(sql());
  await atOneMoment(sql(), async (tx) => {
    const services = (await chooseServices(tx, {}, 700_000_000_000)).filter((each) => each.id === id);
    const bandsOf = async (to: number) =>
      (await readTimelines(tx, services, { from: 0, to }, 50)).get(id)?.map((band) => band.to - band.from);
    expect(new Set(await bandsOf(50_000_000))).toEqual(new Set([1_000_000]));
    expect(await bandsOf(600_000_000)).toContain(86_400_000);
  });
});
