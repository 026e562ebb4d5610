import { openTestDatabase } from "../db/test-database";
import { createLogger } from "../lib/engine/logger";
import { Recorder } from "../lib/engine/recorder";
import type { Row } from "./table";

const services = 200;
const forMs = Number(process.env.BENCH_RECORD_MS ?? 60_000);

/** Transitions through the engine's own recorder into the embedded database, then the chain check. */
export async function measureRecording(): Promise<Row[]> {
  const test = await openTestDatabase();
  const { sql } = test.database;
  await sql`INSERT INTO host (id, platform, epoch) VALUES ('toys', 'process', 1)`;
  const rows = await sql<{ id: number }[]>`
    INSERT INTO service (host, name, kind, settings)
    SELECT 'toys', 's' || n, 'service', '{}'::jsonb FROM generate_series(1, ${services}) AS n RETURNING id`;
  const recorder = new Recorder(sql, createLogger("bench"), (error) => {
    throw error;
  });
  const until = performance.now() + forMs;
  const before = performance.now();
  let written = 0;
  for (let seq = 1; performance.now() < until; seq += 1) {
    for (const { id } of rows)
      recorder.push("toys", 1, { tag: "moves", serviceId: id, moves: [moveOf(seq)] });
    written += rows.length;
    await recorder.settled(60_000);
  }
  const perSecond = written / ((performance.now() - before) / 1000);
  const [broken] = await sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT seq, from_state, lag(to_state) OVER w AS before, row_number() OVER w AS place
      FROM transition WINDOW w AS (PARTITION BY service_id ORDER BY seq)) c
    WHERE seq <> place OR from_state IS DISTINCT FROM before`;
  await test.close();
  return [
    {
      what: `transitions recorded per second, for ${Math.round(forMs / 1000)} s (${written} rows, ${broken?.count} breaks in their chains)`,
      figure: `${Math.round(perSecond)} / s`,
      aim: "≥ 2,000 / s",
    },
  ];
}

function moveOf(seq: number) {
  const [from, to] = seq % 2 === 0 ? ["Running", "Error"] : ["Error", "Running"];
  return {
    inFromUs: 1_000,
    gapUs: 0,
    commandId: null,
    move: {
      seq,
      from: seq === 1 ? null : (from ?? null),
      to: to ?? "",
      event: "runtime error",
      declared: true,
      inferred: false,
      at: Date.now() * 1000,
      observedAt: Date.now() * 1000,
      bootId: "bench",
      monotonic: seq,
      cause: { kind: "service", detail: "killed by SIGKILL (signal 9), not sent by Signalbox" },
      evidence: { pid: 4711, signal: "SIGKILL", log: ["a line", "another line of the log"] },
      source: "process",
      sourceKey: `bench:${seq}`,
    },
  } as const;
}
