import { now } from "../lib/clock";
import type { CauseKind, Move } from "../lib/machine/observation";
import type { Database } from "./open";
import { host, service } from "./schema";
import { recordBatch } from "./write/record-batch";

/** Rows as an engine would leave them, for tests of those who read them. */

/** A host that is seen now. */
export async function addHost({ db }: Database, id: string, changes: Partial<typeof host.$inferInsert> = {}) {
  const at = now().at;
  const seen = { contact: "live" as const, contactSince: at, observedUntil: at };
  await db.insert(host).values({ id, platform: "process", ...seen, ...changes });
}

export async function addService(
  { db }: Database,
  hostId: string,
  name: string,
  changes: Partial<typeof service.$inferInsert> = {},
): Promise<number> {
  const settings = { runbook: null, runs: `node ${name}.mjs` };
  const [added] = await db
    .insert(service)
    .values({ host: hostId, name, kind: "service", settings, state: "Running", since: now().at, ...changes })
    .returning({ id: service.id });
  if (!added) throw new Error("the service was not stored");
  return added.id;
}

export interface TestMove {
  readonly serviceId: number;
  readonly seq: number;
  readonly to: string;
  readonly from?: string | null;
  readonly at?: number;
  readonly cause?: CauseKind;
  readonly inFromUs?: number;
}

/** One move as the engine records it: with its cause, the sums, the service's new state and what the feed is told. */
export async function addMove({ sql }: Database, move: TestMove): Promise<number> {
  const { serviceId, seq, to, from = null, cause = "service", inFromUs = null } = move;
  const [lease] = await sql<{ host: string; epoch: number }[]>`
    SELECT s.host, h.epoch FROM service s JOIN host h ON h.id = s.host WHERE s.id = ${serviceId}`;
  if (!lease) throw new Error(`there is no service ${serviceId}`);
  const at = move.at ?? now().at;
  const recorded: Move = {
    seq,
    from,
    to,
    event: null,
    declared: true,
    inferred: false,
    at,
    observedAt: at,
    bootId: null,
    monotonic: null,
    cause: { kind: cause, detail: "It moved." },
    evidence: { exitCode: 0 },
    source: "process",
    sourceKey: `test-${seq}`,
  };
  const moves = [{ move: recorded, inFromUs, gapUs: 0, commandId: null }];
  await recordBatch(sql, [{ ...lease, entry: { tag: "moves", serviceId, moves } }], now().at);
  const [added] = await sql<{ id: number }[]>`
    SELECT id FROM transition WHERE service_id = ${serviceId} AND seq = ${seq}`;
  if (!added) throw new Error("the transition was not stored");
  return added.id;
}
