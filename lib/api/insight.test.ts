import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { addMove, addService } from "@/db/test-fleet";
import { toRfc3339 } from "../clock";
import {
  normalStaySchema,
  serviceTimelineSchema,
  type TimeInState,
  timeInStateSchema,
  timelineSchema,
} from "../wire/insight";
import { TestApi } from "./test-api";

let api: TestApi;
const echo = "/api/v1/services/toys/echo";
const hourOf1970 = "from=1970-01-01T00:00:00Z&to=1970-01-01T01:00:00Z";

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => api.close());
beforeEach(() => api.observe());

async function read<T>(schema: { parse(value: unknown): T }, address: string): Promise<T> {
  const response = await api.get(address);
  expect(response.status).toBe(200);
  return schema.parse(await response.json());
}

const spanMs = ({ from, to }: { from: string; to: string }) => Date.parse(to) - Date.parse(from);

function expectExact(times: TimeInState) {
  const seen = Object.values(times.states).reduce((sum, { ms }) => sum + ms, 0);
  expect(seen + times.notObservedMs).toBe(spanMs(times) * times.services);
}

describe("time in state", () => {
  test("of a service says what was observed, and what was before it was first seen", async () => {
    const times = await read(timeInStateSchema, `${echo}/time-in-state?${hourOf1970}`);
    expect(times).toMatchObject({
      from: "1970-01-01T00:00:00.000000Z",
      to: "1970-01-01T01:00:00.000000Z",
      services: 1,
      notObservedMs: 1_000_000,
    });
    expect(times.states).toEqual({
      Running: { ms: 2_600_000, entries: 3, longestMs: 1_000_000, typicalMs: 1_000_000 },
    });
  });

  test("is of the last 24 hours where nobody says, and of a lost host's service not observed", async () => {
    const running = await read(timeInStateSchema, `${echo}/time-in-state`);
    expect(spanMs(running)).toBe(86_400_000);
    expect(running.states.Running).toMatchObject({ ms: 86_400_000, entries: 0, longestMs: null });
    const away = await read(timeInStateSchema, "/api/v1/services/far/away/time-in-state");
    expect(away).toMatchObject({ states: {}, notObservedMs: 86_400_000 });
  });

  test("cuts the future off, and instants to whole milliseconds", async () => {
    const from = toRfc3339(Date.now() * 1000 - 60_000_000 + 123);
    const times = await read(timeInStateSchema, `${echo}/time-in-state?from=${from}&to=2200-01-01T00:00:00Z`);
    expect(times.from).toBe(from.replace(/\d{3}Z$/, "000Z"));
    expect(Date.parse(times.to)).toBeLessThanOrEqual(Date.now());
    expectExact(times);
  });

  test("of the fleet, of a group, a host, a tag and a kind is that of their services together", async () => {
    const fleet = await read(timeInStateSchema, "/api/v1/time-in-state");
    expect(fleet.services).toBe(3);
    expectExact(fleet);
    for (const [query, services] of [
      ["group=edge", 1],
      ["host=toys", 2],
      ["tag=slow&tag=none", 1],
      ["kind=besu", 0],
      ["host=far&group=edge", 0],
    ] as const) {
      const some = await read(timeInStateSchema, `/api/v1/time-in-state?${query}`);
      expect(some.services).toBe(services);
      expectExact(some);
    }
    const edge = await read(timeInStateSchema, "/api/v1/time-in-state?group=edge");
    expect(edge.states).toEqual({ Running: { ms: 86_400_000, entries: 0 } });
  });
});

describe("a timeline", () => {
  test("tells every stay and what was not observed, without a hole", async () => {
    const { bands } = await read(timelineSchema, `${echo}/timeline?${hourOf1970}`);
    const told = bands.map(({ from, state, moves }) => [Date.parse(from) / 1000, state, moves]);
    expect(told).toEqual([
      [0, null, 0],
      [1_000, "Running", 1],
      [2_000, "Running", 1],
      [3_000, "Running", 1],
    ]);
  });

  test("of every service comes in one answer", async () => {
    const response = await api.get("/api/v1/timelines?hours=2&points=10");
    const { items } = (await response.json()) as { items: unknown[] };
    const told = items.map((item) => serviceTimelineSchema.parse(item));
    expect(told.map(({ service }) => service)).toEqual(["far/away", "toys/echo", "toys/idle"]);
    for (const { timeline } of told) expect(spanMs(timeline)).toBe(7_200_000);
    expect(told[1]?.timeline.bands).toMatchObject([{ state: "Running", moves: 0 }]);
    expect(told[0]?.timeline.bands).toMatchObject([{ state: null, moves: 0 }]);
  });
});

test("how long a state normally lasts is the specification's word until there is history", async () => {
  const normal = async (name: string) => {
    const response = await api.get(`/api/v1/services/toys/${name}/normal`);
    const { items } = (await response.json()) as { items: unknown[] };
    return items.map((item) => normalStaySchema.parse(item));
  };
  expect(await normal("echo")).toMatchObject([
    { state: "Starting", basis: "specification", p95Ms: 60_000 },
    { state: "Stopping", basis: "specification", p95Ms: 30_000 },
  ]);
  const serviceId = await addService(api.store.database, "toys", "quick", { state: null });
  for (let seq = 1; seq <= 41; seq++) {
    const to = seq % 2 === 0 ? "Running" : "Starting";
    await addMove(api.store.database, { serviceId, seq, to, at: seq * 1_000_000, inFromUs: 2_000_000 });
  }
  expect(await normal("quick")).toContainEqual({
    state: "Starting",
    basis: "history",
    stays: 20,
    medianMs: 2_000,
    p95Ms: 2_000,
  });
});

test.each([
  `${echo}/time-in-state?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z`,
  `${echo}/time-in-state?from=2200-01-01T00:00:00Z`,
  `${echo}/time-in-state?from=1926-01-01T00:00:00Z`,
  `${echo}/time-in-state?to=1970-01-01T00:00:00Z&from=1926-01-01T00:00:00Z`,
  `${echo}/time-in-state?from=yesterday`,
  `${echo}/time-in-state?span=1h`,
  `${echo}/timeline?points=0`,
  `${echo}/timeline?points=2001`,
  `${echo}/timeline?from=2200-01-01T00:00:00Z`,
  `${echo}/normal?state=Running`,
  "/api/v1/time-in-state?kind=unknown",
  "/api/v1/time-in-state?state=Running",
  "/api/v1/time-in-state?host=%00",
  "/api/v1/time-in-state?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z",
  "/api/v1/timelines?hours=0",
  "/api/v1/timelines?hours=745",
  "/api/v1/timelines?points=0",
])("%s is refused with a clear word", async (address) => {
  const response = await api.get(address);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "malformed", detail: expect.stringMatching(/^\w+/) });
});

test.each(["time-in-state", "timeline", "normal"])("%s of nobody is not found", async (what) => {
  expect((await api.get(`/api/v1/services/toys/nobody/${what}`)).status).toBe(404);
});
