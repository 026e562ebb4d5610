import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { gap } from "@/db/schema";
import { serviceSchema, transitionSchema } from "../wire/service";
import { TestApi } from "./test-api";

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => api.close());
beforeEach(() => api.observe());

const get = (address: string, init?: RequestInit) => api.get(address, init);
const post = (address: string, body: unknown, init?: RequestInit) => api.post(address, body, init);
const items = async (address: string) => (await (await get(address)).json()).items;
const stopEcho = "/api/v1/services/toys/echo/commands";

describe("lists", () => {
  test("services have the contract's shape and page on without doubles", async () => {
    const first = await (await get("/api/v1/services?limit=2")).json();
    const second = await (await get(`/api/v1/services?limit=2&cursor=${first.next}`)).json();
    const all = [...first.items, ...second.items].map((item) => serviceSchema.strict().parse(item));
    expect(all.map(({ id }) => id)).toEqual(["far/away", "toys/echo", "toys/idle"]);
    expect(second.next).toBeNull();
    expect(all[1]).toMatchObject({ allowed: ["stop", "restart"], contact: { status: "live" } });
    expect(all[0]).toMatchObject({ allowed: [], contact: { status: "lost", reason: "ssh ended" } });
  });

  test.each([
    ["state=Stopped", ["toys/idle"]],
    ["state=Stopped&state=Running&host=toys", ["toys/echo", "toys/idle"]],
    ["tag=slow", ["far/away"]],
    ["tag=slow&tag=web", ["far/away", "toys/echo"]],
    ["group=edge", ["toys/echo"]],
    ["kind=besu", []],
    ["q=ECH", ["toys/echo"]],
    ["q=%25", []],
    ["q=s/e", ["toys/echo"]],
  ])("services are filtered by %s", async (query, expected) => {
    expect((await items(`/api/v1/services?${query}`)).map(({ id }: { id: string }) => id)).toEqual(expected);
  });

  test("transitions come newest first, of one service and of the fleet, with cursor and span", async () => {
    const echo = "/api/v1/services/toys/echo/transitions";
    for (const list of [echo, "/api/v1/transitions"]) {
      const first = await (await get(`${list}?limit=2`)).json();
      const second = await (await get(`${list}?limit=2&cursor=${first.next}`)).json();
      const all = [...first.items, ...second.items].map((item) => transitionSchema.strict().parse(item));
      expect(all.map(({ seq }) => seq)).toEqual([3, 2, 1]);
      expect(all[2]).toMatchObject({ from: null, service: "toys/echo", at: "1970-01-01T00:16:40.000000Z" });
    }
    const span = "from=1970-01-01T00:33:20Z&to=1970-01-01T00:50:00Z";
    expect((await items(`${echo}?${span}`)).map(({ seq }: { seq: number }) => seq)).toEqual([2]);
    expect(await items("/api/v1/transitions?cause=host")).toEqual([]);
    expect(await items("/api/v1/transitions?cause=service&state=Running&service=toys/echo")).toHaveLength(3);
  });

  test("gaps are the host's, from the service's first move on", async () => {
    const at = (ms: number) => ms * 1e6;
    await api.store.database.db.insert(gap).values([
      { host: "toys", from: at(100), to: at(200), reason: "before it existed", recovered: false },
      { host: "toys", from: at(900), to: at(1100), reason: "ended", recovered: false },
      { host: "toys", from: at(1500), to: at(1600), reason: "rebooted", recovered: true },
    ]);
    expect(await items("/api/v1/services/toys/echo/gaps")).toEqual([
      {
        from: "1970-01-01T00:25:00.000000Z",
        to: "1970-01-01T00:26:40.000000Z",
        reason: "rebooted",
        recovered: true,
      },
      {
        from: "1970-01-01T00:16:40.000000Z",
        to: "1970-01-01T00:18:20.000000Z",
        reason: "ended",
        recovered: false,
      },
    ]);
  });

  test("hosts tell their contact", async () => {
    expect(await items("/api/v1/hosts")).toMatchObject([
      { id: "far", contact: { status: "lost", reason: "ssh ended" } },
      { id: "toys", contact: { status: "live" } },
    ]);
  });

  test("a machine is its table and its diagram", async () => {
    const told = await (await get("/api/v1/services/toys/echo/machine")).json();
    expect(told).toMatchObject({ kind: "service", initial: "Stopped" });
    expect(told.mermaid).toMatch(/^stateDiagram-v2\n\[\*\] --> Stopped\n/);
    expect(told.transitions[0]).toMatchObject({
      from: "Stopped",
      to: "Starting",
      event: "start",
      by: "operator",
    });
  });
});

describe("commands", () => {
  test("an accepted one is 202, findable by its id, and holds the service for the next", async () => {
    const headers = { authorization: "", cookie: api.cookie, origin: "http://127.0.0.1:4600" };
    const answer = await post(
      stopEcho,
      { event: "stop", reason: " for a test ", expectedSeq: 3 },
      { headers },
    );
    expect(answer.status).toBe(202);
    const command = await answer.json();
    expect(command).toMatchObject({ service: "toys/echo", actor: "local operator", reason: "for a test" });
    expect(await (await get(`/api/v1/commands/${command.id}`)).json()).toEqual(command);
    const second = await post(stopEcho, { event: "stop" });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({
      code: "busy",
      detail: "local operator's stop is still under way.",
    });
    const shown = serviceSchema.parse(await (await get("/api/v1/services/toys/echo")).json());
    expect(shown.command).toEqual(command);
    expect(shown.refused.every(({ reason }) => reason === "local operator's stop is still under way.")).toBe(
      true,
    );
  });
});

describe("without a database", () => {
  test("the API says so, and goes on by itself when it is back", async () => {
    await api.store.stopServer();
    const away = await get("/api/v1/services");
    expect(away.status).toBe(503);
    expect(await away.json()).toMatchObject({ code: "unavailable" });
    await api.store.startServer();
    await expect.poll(async () => (await get("/api/v1/services")).status, { timeout: 20_000 }).toBe(200);
  });
});
