import { gzipSync } from "node:zlib";
import { formatTarget, targetVariable } from "../db/open";
import { openTestDatabase, type TestDatabase } from "../db/test-database";
import { writeFamilies } from "../lib/metrics/exposition";
import { readFamilies } from "../lib/metrics/read-families";
import { inWords, spreadOf } from "./sample";
import type { Row } from "./table";

const rounds = 50;
const movesOfService = 10;

/** A scrape, from the database to the text, beside the smallest question that the database can be asked. */
export async function measureMetrics(): Promise<Row[]> {
  const test = await openTestDatabase();
  process.env[targetVariable] = formatTarget(test.target);
  try {
    const bare = await times(() => test.database.sql`SELECT 1`);
    const rows: Row[] = [{ what: "bare `SELECT 1`, p50 / p95", figure: inWords(spreadOf(bare)) }];
    for (const services of [200, 2_000]) {
      await fill(test, services);
      rows.push(...(await scrapes(test, services)));
    }
    return rows;
  } finally {
    await test.close();
  }
}

async function scrapes({ database }: TestDatabase, services: number): Promise<Row[]> {
  const scrape = async () => (await writeFamilies(await readFamilies(database), "text/plain")).text;
  const text = await scrape();
  const reading = await times(() => readFamilies(database));
  const whole = await times(scrape);
  const series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
  const kilobytes = (bytes: number) => `${Math.round(bytes / 1024)} kB`;
  return [
    { what: `read for a scrape of ${services} services, p50 / p95`, figure: inWords(spreadOf(reading)) },
    {
      what: `a scrape of ${services} services (${series} series), p50 / p95`,
      figure: inWords(spreadOf(whole)),
    },
    {
      what: `its bytes, and gzipped`,
      figure: `${kilobytes(Buffer.byteLength(text))}, ${kilobytes(gzipSync(text).length)}`,
    },
  ];
}

async function times(work: () => Promise<unknown>): Promise<number[]> {
  const spans: number[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const before = performance.now();
    await work();
    spans.push(performance.now() - before);
  }
  return spans;
}

/** So many services on ten hosts, each with some history, a present stay and sums of what is over. */
async function fill({ database: { sql } }: TestDatabase, services: number): Promise<void> {
  await sql`INSERT INTO host (id, platform, contact, observed_until, history_until)
    SELECT 'host-' || n, 'systemd', 'live', 1e15, 1e15 FROM generate_series(0, 9) AS n ON CONFLICT DO NOTHING`;
  await sql`INSERT INTO service (host, name, kind, settings, state, since, seq)
    SELECT 'host-' || n % 10, 'unit-' || n || '.example', 'service', '{}'::jsonb, 'Running', ${movesOfService}::bigint * 1000000, ${movesOfService}
    FROM generate_series(1, ${services}) AS n ON CONFLICT DO NOTHING`;
  await sql`INSERT INTO transition (service_id, seq, from_state, to_state, at, observed_at, gap_us, source, source_key,
      declared, inferred, evidence, counted_at)
    SELECT s.id, n, 'Starting', 'Running', n * 1000000, n * 1000000, 0, 'signal', 'bench ' || n, true, false, '{}', n * 1000
    FROM service s, generate_series(1, ${movesOfService}) AS n ON CONFLICT DO NOTHING`;
  await sql`INSERT INTO stay_total (service_id, state, ms, entries, recent)
    SELECT s.id, each, 1000000, 100, array_fill(1000::bigint, ARRAY[100])
    FROM service s, unnest(ARRAY['Stopped', 'Starting', 'Running', 'Stopping', 'Error', 'Restarting']) AS each
    ON CONFLICT DO NOTHING`;
  await sql`INSERT INTO move_count (service_id, from_state, to_state, cause, count)
    SELECT s.id, m.f, m.t, m.c, 1000 FROM service s, (VALUES ('Stopped', 'Starting', 'operator'),
      ('Stopped', 'Starting', 'service-manager'), ('Starting', 'Running', 'service'), ('Starting', 'Error', 'service'),
      ('Running', 'Error', 'service'), ('Running', 'Stopping', 'operator'), ('Stopping', 'Stopped', 'service'),
      ('Error', 'Starting', 'service-manager'), ('Running', 'Restarting', 'operator'), ('Restarting', 'Starting', 'operator'))
      AS m(f, t, c) ON CONFLICT DO NOTHING`;
  await sql`INSERT INTO gap (host, from_at, to_at, reason, recovered)
    SELECT h.id, n * 100000000::bigint, n * 100000000::bigint + 1000000, 'bench', false FROM host h, generate_series(1, 100) AS n
    WHERE NOT EXISTS (SELECT 1 FROM gap WHERE host = h.id AND from_at = n * 100000000::bigint)`;
  await sql`ANALYZE`;
}
