import fc from "fast-check";
import type { Source } from "../lib/machine/observation";
import type { Sql } from "./open";
import type { Entry, Leased } from "./write/batch";
import { recordBatch } from "./write/record-batch";

/** Histories as engines tell them, for tests of what they come to. */

const states = ["Stopped", "Starting", "Running", "Stopping", "Error"];
const [second, hour, day] = [1_000_000, 3_600_000_000, 86_400_000_000];
/** An evening before the clocks of half the world are put forward. */
export const historyBegins = Date.parse("2026-03-28T20:00:00Z") * 1000;

interface Told {
  readonly tag: "move" | "gap";
  readonly service: number;
  readonly state: number;
  readonly passed: number;
  readonly reach: number;
  readonly recovered: boolean;
  readonly source: Source;
  readonly inferred: boolean;
  readonly gapUs: number;
}

/** Longer steps are days, and at times the host's clock is set back. */
const passed = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 * second }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9 * hour }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 3 * day }) },
  { weight: 1, arbitrary: fc.integer({ min: -30 * hour, max: 0 }) },
);

const told: fc.Arbitrary<Told> = fc.record({
  tag: fc.constantFrom("move", "move", "move", "gap"),
  service: fc.nat(2),
  state: fc.nat(states.length - 2),
  passed,
  reach: fc.nat(20 * hour),
  recovered: fc.boolean(),
  source: fc.constantFrom<Source>("signal", "journal", "snapshot"),
  inferred: fc.boolean(),
  gapUs: fc.constantFrom(0, 0, 5),
});

/** What an engine tells of three services of one host, in batches; some of them it tells twice. */
export const anyTelling = fc.array(
  fc.record({ entries: fc.array(told, { minLength: 1, maxLength: 12 }), twice: fc.boolean() }),
  { minLength: 1, maxLength: 5 },
);
export type Telling = typeof anyTelling extends fc.Arbitrary<infer T> ? T : never;

export interface ToldHistory {
  readonly host: string;
  readonly services: readonly number[];
  /** Where the host's clock stands after it, in µs. */
  readonly clock: number;
}

/** Records a telling on a new host. */
export async function tellHistory(sql: Sql, telling: Telling): Promise<ToldHistory> {
  const host = `h${Math.random().toString(36).slice(2)}`;
  await sql`INSERT INTO host (id, platform, epoch) VALUES (${host}, 'systemd', 1)`;
  const added = await sql<{ id: number }[]>`
    INSERT INTO service (host, name, kind, settings)
    SELECT ${host}, 's' || n, 'service', '{}'::jsonb FROM generate_series(0, 2) AS n RETURNING id`;
  const services = added.map(({ id }) => id);
  const standing = services.map(() => ({ seq: 0, state: "", at: 0 }));
  let clock = historyBegins;

  const entryOf = (one: Told): Entry => {
    clock += one.passed;
    const { recovered, gapUs, source, inferred } = one;
    if (one.tag === "gap")
      return { tag: "gap", from: clock - one.reach, to: clock, reason: "nobody looked", recovered };
    const known = standing[one.service] ?? { seq: 0, state: "", at: 0 };
    const to = states.filter((state) => state !== known.state)[one.state] ?? "Running";
    const from = known.seq === 0 ? null : known.state;
    const inFromUs = from === null ? null : Math.max(0, clock - known.at);
    Object.assign(known, { seq: known.seq + 1, state: to, at: clock });
    const move = {
      ...{ seq: known.seq, from, to, event: null, declared: true, inferred, at: clock, observedAt: clock },
      ...{ bootId: null, monotonic: null, evidence: {}, source, sourceKey: `key-${known.seq}` },
      cause: { kind: inferred ? ("unknown" as const) : ("service" as const), detail: "It moved." },
    };
    const moves = [{ move, inFromUs, gapUs, commandId: null }];
    return { tag: "moves", serviceId: services[one.service] ?? 0, moves, over: one.recovered };
  };

  for (const { entries, twice } of telling) {
    const batch: Leased[] = entries.map((one) => ({ host, epoch: 1, entry: entryOf(one) }));
    await recordBatch(sql, batch, clock);
    if (twice) await recordBatch(sql, batch, clock);
  }
  return { host, services, clock };
}
