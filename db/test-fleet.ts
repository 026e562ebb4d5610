import { now } from "../lib/clock";
import type { CauseKind } from "../lib/machine/observation";
import type { Database, Handle } from "./open";
import { attribution, host, service, transition } from "./schema";
import { appendFeed } from "./write/append-feed";

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
}

/** One move with its cause, the service's new state and the feed rows that tell them, in one transaction. */
export async function addMove({ db }: Database, move: TestMove): Promise<number> {
  return db.transaction(async (tx) => {
    const id = await insertMove(tx, move);
    const { serviceId } = move;
    const entries = [
      { kind: "transition" as const, serviceId, transitionId: id, revision: 1 },
      { kind: "service" as const, serviceId },
    ];
    await appendFeed(tx, entries, now().at);
    return id;
  });
}

async function insertMove(
  tx: Handle,
  { serviceId, seq, to, from = null, at, cause }: TestMove,
): Promise<number> {
  const instant = at ?? now().at;
  const [added] = await tx
    .insert(transition)
    .values({
      serviceId,
      seq,
      fromState: from,
      toState: to,
      at: instant,
      observedAt: instant,
      gapUs: 0,
      source: "process",
      sourceKey: `test-${seq}`,
      declared: true,
      inferred: false,
      evidence: { exitCode: 0 },
      countedAt: Math.floor(instant / 1000),
    })
    .returning({ id: transition.id });
  if (!added) throw new Error("the transition was not stored");
  const told = { kind: cause ?? "service", detail: "It moved.", recordedAt: instant };
  await tx.insert(attribution).values({ transitionId: added.id, revision: 1, ...told });
  return added.id;
}
