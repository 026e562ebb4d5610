import { readRecentStays } from "../db/read/normal-stays";
import { readServicesById, type ServiceRecord } from "../db/read/services";
import { openTestDatabase, type TestDatabase } from "../db/test-database";
import { transitionPage } from "../lib/api/history-pages";
import { timeInStateOf, timeInStateOfMany } from "../lib/api/time-in-state-view";
import { timelineOf } from "../lib/api/timeline-view";
import { fillHistory, services } from "./long-history";
import { inWords, spreadOf } from "./sample";
import type { Row } from "./table";

/** BENCH_HISTORY=full measures ten million as well: some minutes, and about 10 GB of disk. */
const sizes = process.env.BENCH_HISTORY === "full" ? [100_000, 1_000_000, 10_000_000] : [100_000, 1_000_000];
const rounds = 60;
const dayMs = 86_400_000;

/** What the pages ask of history, as it grows; beside `SELECT 1` on the same connections. */
export async function measureHistoryScale(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const moves of sizes) {
    const store = await openTestDatabase();
    try {
      const before = performance.now();
      const ids = await fillHistory(store.database.sql, moves);
      process.stderr.write(
        `   ${moves} moves, ${Math.round((performance.now() - before) / 1000)} s to fill\n`,
      );
      rows.push(...(await measureAt(store, moves, ids)));
    } finally {
      await store.close();
    }
  }
  return rows;
}

type Question = (service: ServiceRecord) => Promise<unknown>;

async function measureAt({ database }: TestDatabase, moves: number, ids: readonly number[]): Promise<Row[]> {
  const { sql, db } = database;
  const last = (lengthMs: number) => ({ from: Date.now() - lengthMs, to: Date.now() });
  const questions: Readonly<Record<string, Question>> = {
    "time in state, 24 h": ({ service }) => timeInStateOf(sql, service.id, last(dayMs)),
    "time in state, 30 d": ({ service }) => timeInStateOf(sql, service.id, last(30 * dayMs)),
    "timeline, 24 h": ({ service }) => timelineOf(sql, service.id, last(dayMs), 400),
    "timeline, 1 y": ({ service }) => timelineOf(sql, service.id, last(365 * dayMs), 400),
    "normal stays": ({ service }) => readRecentStays(db, service.id),
    "newest 100 of its history": (service) => transitionPage(db, service, { limit: 100 }),
  };
  const records = await readServicesById(db, ids);
  const busiest = records.filter(({ service }) => service.id === ids[0]);
  const others = records.filter(({ service }) => service.id !== ids[0]);
  const scale = `${moves.toLocaleString("en")} moves`;
  const rows: Row[] = [await measure(`${scale}: \`SELECT 1\``, [null], () => sql`SELECT 1`)];
  for (const [what, ask] of Object.entries(questions))
    rows.push(await measure(`${scale}: a service's ${what}`, others, ask, "≤ 20 ms p95"));
  for (const [what, ask] of Object.entries(questions))
    rows.push(
      await measure(`${scale}: the same of the service that makes a tenth of them: ${what}`, busiest, ask),
    );
  const fleet = () => timeInStateOfMany(sql, {}, last(30 * dayMs));
  rows.push(
    await measure(
      `${scale}: the fleet's time in state, 30 d, ${services} services`,
      [null],
      fleet,
      "≤ 300 ms p95",
    ),
  );
  return rows;
}

async function measure<T>(
  what: string,
  subjects: readonly T[],
  ask: (subject: T) => PromiseLike<unknown>,
  aim?: string,
): Promise<Row> {
  const sample: number[] = [];
  for (let round = -5; round < rounds; round++) {
    const subject = subjects[(round + 5) % subjects.length] as T;
    const before = performance.now();
    await ask(subject);
    // The first ones prepare statements.
    if (round >= 0) sample.push(performance.now() - before);
  }
  return { what, figure: inWords(spreadOf(sample)), aim };
}
