import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { machineOfKind } from "../../lib/machine/kinds/machine-of-kind";
import type { Move } from "../../lib/machine/observation";
import type { ServiceDetail } from "../../lib/platforms/contract";
import { openTestDatabase, type TestDatabase } from "../test-database";
import type { Leased } from "./batch";
import { LeaseLostError, recordBatch } from "./record-batch";

let test: TestDatabase;
let serviceId: number;
const sql = () => test.database.sql;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(async () => test.close());
beforeEach(async () => {
  const name = `s${Math.random().toString(36).slice(2)}`;
  await sql()`INSERT INTO host (id, platform, epoch) VALUES ('toys', 'process', 7)
    ON CONFLICT (id) DO UPDATE SET epoch = 7`;
  const [row] = await sql()<{ id: number }[]>`
    INSERT INTO service (host, name, kind, settings) VALUES ('toys', ${name}, 'service', '{}'::jsonb) RETURNING id`;
  serviceId = row?.id ?? 0;
});

function move(seq: number, from: string | null, to: string, key = `key-${seq}`): Move {
  return {
    seq,
    from,
    to,
    event: null,
    declared: true,
    inferred: false,
    at: 1_000_000 * seq,
    observedAt: 1_000_000 * seq,
    bootId: "boot",
    monotonic: seq,
    cause: { kind: "service", detail: "because" },
    evidence: { n: seq },
    source: "process",
    sourceKey: key,
  };
}

function moves(...list: Move[]): Leased {
  const recorded = list.map((one) => ({ move: one, inFromUs: null, gapUs: 0, commandId: null }));
  return { host: "toys", epoch: 7, entry: { tag: "moves", serviceId, moves: recorded } };
}

const detail: ServiceDetail = {
  process: { state: "", detail: "" },
  health: { status: "unknown", detail: "" },
  load: "loaded",
  activity: null,
};

async function statementsOf(work: () => Promise<void>): Promise<number> {
  let statements = 0;
  const { options } = sql();
  options.debug = () => {
    statements += 1;
  };
  await work();
  options.debug = false;
  return statements;
}

const history = () =>
  sql()<{ seq: number; from_state: string | null; to_state: string }[]>`
    SELECT seq, from_state, to_state FROM transition WHERE service_id = ${serviceId} ORDER BY seq`;

describe("a batch", () => {
  it("that is written twice is in history once", async () => {
    const batch = [moves(move(1, null, "Stopped"), move(2, "Stopped", "Starting"))];
    await recordBatch(sql(), batch, 1);
    await recordBatch(sql(), batch, 2);
    expect(await history()).toHaveLength(2);
    const [service] = await sql()`SELECT state, seq FROM service WHERE id = ${serviceId}`;
    expect(service).toMatchObject({ state: "Starting", seq: 2 });
    const told = await sql()`SELECT 1 FROM feed WHERE service_id = ${serviceId} AND kind = 'transition'`;
    expect(told).toHaveLength(2);
  });

  it("under a lease that somebody else took writes nothing at all", async () => {
    await sql()`UPDATE host SET epoch = 8 WHERE id = 'toys'`;
    await expect(recordBatch(sql(), [moves(move(1, null, "Stopped"))], 1)).rejects.toThrow(LeaseLostError);
    expect(await history()).toHaveLength(0);
  });

  it("that contradicts what another writer stored is refused whole", async () => {
    await recordBatch(sql(), [moves(move(1, null, "Stopped"))], 1);
    const other = moves(move(1, null, "Running", "another key"));
    await expect(recordBatch(sql(), [other], 2)).rejects.toMatchObject({ code: "23505" });
    expect(await history()).toHaveLength(1);
  });

  it("adds a later cause and leaves the first as it was", async () => {
    await recordBatch(sql(), [moves(move(1, null, "Stopped"))], 1);
    const cause = { kind: "host-operator", actor: "root", detail: "somebody on the host" } as const;
    const learnt: Leased = {
      host: "toys",
      epoch: 7,
      entry: { tag: "attribution", serviceId, sourceKey: "key-1", cause, at: 5 },
    };
    await recordBatch(sql(), [learnt], 2);
    await recordBatch(sql(), [learnt], 3);
    const causes = await sql()`
      SELECT revision, kind FROM attribution a JOIN transition t ON t.id = a.transition_id
      WHERE t.service_id = ${serviceId} ORDER BY revision`;
    expect(causes.map((row) => [row.revision, row.kind])).toEqual([
      [1, "service"],
      [2, "host-operator"],
    ]);
  });

  it("is written in few statements however its entries alternate, and the newest of each counts", async () => {
    const about = (entry: Leased["entry"]): Leased => ({ host: "toys", epoch: 7, entry });
    const cause = { kind: "service", detail: "learnt" } as const;
    const alternating = Array.from({ length: 40 }, (_, n) => n + 1).flatMap((seq) => [
      moves(move(seq, seq === 1 ? null : "Stopped", "Stopped")),
      about({
        tag: "detail",
        serviceId,
        detail: { ...detail, process: { state: `look ${seq}`, detail: "" } },
      }),
      about({ tag: "wanted", serviceId, wanted: seq < 40 }),
      about({ tag: "observed", until: seq, historyUntil: seq < 40 ? seq : null }),
    ]);
    alternating.push(about({ tag: "attribution", serviceId, sourceKey: "key-40", cause, at: 41 }));
    expect(await statementsOf(() => recordBatch(sql(), alternating, 1))).toBeLessThan(15);
    expect(await history()).toHaveLength(40);
    const [service] = await sql()`
      SELECT state, seq, wanted, detail->'process'->>'state' AS look FROM service WHERE id = ${serviceId}`;
    expect(service).toEqual({ state: "Stopped", seq: 40, wanted: false, look: "look 40" });
    const [host] = await sql()`SELECT observed_until, history_until FROM host WHERE id = 'toys'`;
    expect(host).toEqual({ observed_until: 40, history_until: 39 });
    const told =
      await sql()`SELECT revision FROM feed WHERE service_id = ${serviceId} AND kind = 'transition' ORDER BY id`;
    expect(told.map(({ revision }) => revision)).toEqual([...Array(40).fill(1), 2]);
  });

  it("shows a host's first list at once, the newest glimpse of each service, and ends it in one go", async () => {
    const rows = await sql()<{ id: number }[]>`INSERT INTO service (host, name, kind, settings)
      SELECT 'toys', ${`g${serviceId}-`} || n, 'service', '{}'::jsonb FROM generate_series(1, 300) AS n RETURNING id`;
    const glimpse = (id: number, state: string): Leased => ({
      host: "toys",
      epoch: 7,
      entry: { tag: "glimpse", serviceId: id, state, since: null },
    });
    const all = ["Stopped", "Running"].flatMap((state) => rows.map(({ id }) => glimpse(id, state)));
    const statements = await statementsOf(() => recordBatch(sql(), all, 1));
    expect(statements).toBeLessThan(10);
    const ids = rows.map(({ id }) => id);
    const seen = () => sql()`SELECT DISTINCT glimpse->>'state' AS state FROM service WHERE id = ANY(${ids})`;
    expect([...(await seen())]).toEqual([{ state: "Running" }]);
    await recordBatch(sql(), [{ host: "toys", epoch: 7, entry: { tag: "glimpses-over" } }], 2);
    expect([...(await seen())]).toEqual([{ state: null }]);
  });

  it("of any moves in any grouping gives the same unbroken chain", async () => {
    const states = machineOfKind("service")?.states.map(({ name }) => name) ?? [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 30 }),
        fc.nat(7),
        async (visited, size) => {
          const name = `p${Math.random().toString(36).slice(2)}`;
          const [row] = await sql()<{ id: number }[]>`
            INSERT INTO service (host, name, kind, settings)
            VALUES ('toys', ${name}, 'service', '{}'::jsonb) RETURNING id`;
          serviceId = row?.id ?? 0;
          const all = visited.map((to, index) => moves(move(index + 1, visited[index - 1] ?? null, to)));
          for (let start = 0; start < all.length; start += size + 1)
            await recordBatch(sql(), all.slice(start, start + size + 1), start);
          const rows = await history();
          expect(rows.map(({ seq }) => seq)).toEqual(visited.map((_, index) => index + 1));
          expect(rows.map(({ to_state }) => to_state)).toEqual(visited);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("history", () => {
  it.each(["transition", "attribution", "audit"])(
    "in %s can be neither changed nor removed",
    async (table) => {
      await recordBatch(sql(), [moves(move(1, null, "Stopped"))], 1);
      const name = sql()(table);
      await expect(sql()`UPDATE ${name} SET id = DEFAULT`).rejects.toThrow(/append-only/);
      await expect(sql()`DELETE FROM ${name}`).rejects.toThrow(/append-only/);
      await expect(sql()`TRUNCATE ${name} CASCADE`).rejects.toThrow(/append-only/);
      expect(await history()).toHaveLength(1);
    },
  );
});
