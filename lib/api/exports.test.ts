import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { attribution, gap, host, transition } from "@/db/schema";
import { addMove, addService } from "@/db/test-fleet";
import { transitionSchema } from "../wire/service";
import { TestApi } from "./test-api";

let api: TestApi;
const hostile = '=HYPERLINK("http://example.net";"ü ✓")\nsecond, line';

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { database } = api.store;
  const serviceId = await addService(database, "toys", "busy");
  const moves = Array.from({ length: 1_203 }, (_, n) => ({
    serviceId,
    seq: n + 1,
    fromState: n === 0 ? null : "Running",
    toState: n % 2 === 0 ? "Running" : "Error",
    // Several in one instant: a page may end between them.
    at: 5_000_000_000 + Math.floor(n / 7) * 1_000,
    observedAt: 0,
    gapUs: 0,
    source: "process",
    sourceKey: `busy-${n}`,
    declared: true,
    inferred: false,
    evidence: { line: 'a "quoted", text' },
    countedAt: 5_000_000 + Math.floor(n / 7),
  }));
  const stored = await database.db.insert(transition).values(moves).returning({ id: transition.id });
  await database.db.insert(attribution).values(
    stored.map(({ id }, n) => ({
      transitionId: id,
      revision: 1,
      kind: n === 3 ? "operator" : "service",
      actor: n === 3 ? "+49 Ada" : null,
      detail: n === 3 ? hostile : "It moved.",
      recordedAt: 0,
    })),
  );
});
afterAll(() => api.close());
beforeEach(() => api.observe());

const get = (query: string, accept?: string) =>
  api.get(`/api/v1/transitions${query}`, accept === undefined ? {} : { headers: { accept } });

/** Reads CSV as RFC 4180 has it. */
function readCsv(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  const rows: string[][] = [[]];
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    rows.at(-1)?.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === "\r\n") rows.push([]);
  }
  expect(rows.at(-1)).toEqual([]);
  return rows.slice(0, -1);
}

describe("history as a file", () => {
  test("JSON lines hold every transition once, newest first, in the list's shape", async () => {
    for (const type of ["application/x-ndjson", "application/jsonl"]) {
      const answer = await get("?service=toys/busy", type);
      expect(answer.headers.get("content-type")).toBe(type);
      expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="[\w.-]+\.jsonl"$/);
      const lines = (await answer.text()).trimEnd().split("\n");
      const told = lines.map((line) => transitionSchema.strict().parse(JSON.parse(line)));
      expect(told.map(({ seq }) => seq)).toEqual(Array.from({ length: 1_203 }, (_, n) => 1_203 - n));
    }
  });

  test("CSV has a head, as many rows, and cells that come back as they were", async () => {
    const answer = await get("?service=toys/busy", "text/csv");
    expect(answer.headers.get("content-type")).toContain("text/csv");
    const [head = [], ...rows] = readCsv(await answer.text());
    expect(head.slice(0, 4)).toEqual(["at", "service", "seq", "from"]);
    expect(rows).toHaveLength(1_203);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head.length]));
    const row = rows.find((each) => each[head.indexOf("seq")] === "4") ?? [];
    expect(row[head.indexOf("detail")]).toBe(`'${hostile}`);
    expect(row[head.indexOf("actor")]).toBe("'+49 Ada");
    expect(row[head.indexOf("evidence")]).toBe('{"line":"a \\"quoted\\", text"}');
  });

  test("the same filter holds in every form, also by `format` where a link cannot ask by Accept", async () => {
    const filter = "service=toys/busy&state=Error&actor=%2B49%20Ada";
    const listed = (await (await get(`?${filter}`)).json()).items;
    expect(listed).toMatchObject([{ seq: 4, cause: { actor: "+49 Ada" } }]);
    const lines = await (await get(`?${filter}&format=jsonl`)).text();
    expect(lines).toBe(`${JSON.stringify(listed[0])}\n`);
    expect(readCsv(await (await get(`?${filter}&format=csv`, "text/html")).text())).toHaveLength(2);
    expect(await (await get("?q=zzz&format=jsonl")).text()).toBe("");
  });

  test("a limit holds there too, and a cursor goes on", async () => {
    const first = await (await get("?q=BUSY&limit=10")).json();
    const rest = (await (await get(`?q=BUSY&limit=700&cursor=${first.next}&format=jsonl`)).text()).trimEnd();
    const seqs = rest.split("\n").map((line) => JSON.parse(line).seq);
    expect(seqs).toEqual(Array.from({ length: 700 }, (_, n) => 1_193 - n));
  });

  test("an Accept that nothing fits is told what there is", async () => {
    const answer = await get("", "image/png");
    expect(answer.status).toBe(406);
    expect(await answer.json()).toMatchObject({
      code: "not-acceptable",
      detail: expect.stringContaining("text/csv"),
    });
    expect((await get("?format=xml")).status).toBe(400);
  });
});

test("a filter that is mistyped is told what there is", async () => {
  const answer = await get("?state=Runing&state=Error");
  expect(answer.status).toBe(400);
  expect((await answer.json()).detail).toMatch(/^state: is one of: Stopped, .*Error/);
});

test("what an earlier telling of a cause said is not found any more", async () => {
  const { database } = api.store;
  const serviceId = await addService(database, "toys", "revised");
  const id = await addMove(database, { serviceId, seq: 1, to: "Stopped", cause: "unknown" });
  const told = {
    transitionId: id,
    revision: 2,
    kind: "host",
    actor: "root",
    detail: "shutdown",
    recordedAt: 1,
  };
  await database.db.insert(attribution).values(told);
  const found = async (query: string) => (await (await get(`?q=revised&${query}`)).json()).items.length;
  expect([await found("cause=unknown"), await found("cause=host"), await found("actor=root")]).toEqual([
    0, 1, 1,
  ]);
});

test("gaps of the whole fleet come newest first, the open one too, and page on without doubles", async () => {
  const { db } = api.store.database;
  const row = (id: string, from: number, to: number) => ({
    host: id,
    from: from * 1e6,
    to: to * 1e6,
    reason: "ended",
    recovered: false,
  });
  await db.insert(gap).values([row("toys", 100, 200), row("far", 100, 150), row("far", 300, 400)]);
  await db.update(host).set({ observedUntil: 1_000e6, contact: "lost", contactReason: "ssh ended" });
  const read = async (query: string) => (await api.get(`/api/v1/gaps?${query}`)).json();
  const seen: [string, string | null][] = [];
  for (let cursor = ""; ; ) {
    const page = await read(`host=far&limit=1${cursor}`);
    seen.push(...page.items.map((item: { from: string; to: string | null }) => [item.from, item.to]));
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  expect(seen.map(([from]) => from.slice(14, 19))).toEqual(["16:40", "05:00", "01:40"]);
  expect(seen[0]?.[1]).toBeNull();
  const within = await read("from=1970-01-01T00:02:45Z&to=1970-01-01T00:04:00Z");
  expect(within.items).toMatchObject([{ host: "toys" }]);
});

test("Signalbox tells how it does itself", async () => {
  const told = await (await api.get("/api/v1/health")).json();
  expect(told.database.transitions).toBeGreaterThan(1_200);
  expect(told.database.bytes).toBeGreaterThan(told.database.historyBytes);
  expect(told.web.memoryBytes).toBeGreaterThan(1e6);
  expect(told).toMatchObject({ engines: [], configErrors: [] });
});
