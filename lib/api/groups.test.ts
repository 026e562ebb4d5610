import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { addHost, addService } from "@/db/test-fleet";
import { syncFleet } from "@/db/write/sync-fleet";
import { now } from "../clock";
import { nodeTold, toldOf } from "../engine/testing/told-of";
import { defaultLimits } from "../insight/rules/table";
import { groupSchema } from "../wire/group";
import { TestApi } from "./test-api";

let api: TestApi;

/** A name with all that an address gives a meaning to. */
const odd = "chain 1/2? 100 % #ü";

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const { database } = api.store;
  const besu = { kind: "besu", groupName: odd };
  await addService(database, "toys", "rpc", {
    ...besu,
    state: "Running",
    application: nodeTold({ validator: "no", participates: "unknown", height: 1_002, validators: 5 }),
  });
  for (const n of [1, 2, 3])
    await addService(database, "toys", `validator-${n}`, {
      ...besu,
      state: "Consensus",
      application: nodeTold({ height: 1_000 - n }),
    });
  // The chain said so while it ran; the configuration knows nothing of it.
  await addService(database, "toys", "validator-4", { ...besu, state: "Stopped", validator: true });
  const settings = { runbook: null, runs: "besu.service", validator: true };
  await addService(database, "far", "validator-5", {
    ...besu,
    state: "Consensus",
    settings,
    application: nodeTold(),
  });
  await addService(database, "toys", "tunnel", {
    groupName: "edge",
    kind: "cloudflared",
    state: "Reconnecting",
  });
  await addHost(database, "new");
});
afterAll(() => api.close());
beforeEach(() => api.observe());

const get = async (address: string) => (await api.get(address)).json();

describe("GET /api/v1/groups/{name}", () => {
  test("who is in it, who runs, how its validators stand and where the chain is", async () => {
    const group = await get(`/api/v1/groups/${encodeURIComponent(odd)}`);
    expect(groupSchema.parse(group)).toEqual({
      name: odd,
      members: [
        "far/validator-5",
        "toys/rpc",
        "toys/validator-1",
        "toys/validator-2",
        "toys/validator-3",
        "toys/validator-4",
      ],
      running: 4,
      keepRunning: null,
      quorum: {
        word: "unknown",
        detail:
          "3 of 5 validators are known to take part, 4 are needed; not: validator-4; not known: validator-5.",
        ...{ n: 5, tolerated: 1, needed: 4, participating: 3, unknown: 1, mayFail: -1 },
        missing: ["validator-4"],
        unsure: ["validator-5"],
      },
      chain: { height: 1_002, headAt: "2026-11-28T08:00:00.000000Z", spread: 5 },
    });
  });

  test("one without nodes has neither quorum nor chain, and a tunnel that reconnects does not run", async () => {
    expect(await get("/api/v1/groups/edge")).toEqual({
      name: "edge",
      members: ["toys/echo", "toys/tunnel"],
      ...{ running: 1, keepRunning: null, quorum: null, chain: null },
    });
  });

  test.each(["nobody", "%00", "a%0Ab", `${"x".repeat(101)}`])("%s is no group", async (name) => {
    const answer = await api.get(`/api/v1/groups/${name}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: "not-found", status: 404 });
  });

  test("of what left the configuration nothing is told", async () => {
    await addService(api.store.database, "toys", "gone", { groupName: "gone", present: false });
    expect((await api.get("/api/v1/groups/gone")).status).toBe(404);
  });
});

describe("GET /api/v1/groups", () => {
  test("by name, in pages that hold each once", async () => {
    const first = await get("/api/v1/groups?limit=1");
    expect(first.items.map(({ name }: { name: string }) => name)).toEqual([odd]);
    const second = await get(`/api/v1/groups?limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ name: "edge" }], next: null });
    expect((await get("/api/v1/groups")).items).toHaveLength(2);
  });

  test.each(["limit=0", "cursor=x", "name=edge"])("%s is refused", async (query) => {
    expect((await api.get(`/api/v1/groups?${query}`)).status).toBe(400);
  });
});

test("a service says that it is a validator also while it is stopped", async () => {
  const validators = (await get(`/api/v1/services?group=${encodeURIComponent(odd)}`)).items.map(
    ({ name, validator, application }: { name: string; validator?: true; application: unknown }) => [
      name,
      validator ?? false,
      application !== null,
    ],
  );
  expect(validators).toEqual([
    ["validator-5", true, true],
    ["rpc", false, true],
    ["validator-1", false, true],
    ["validator-2", false, true],
    ["validator-3", false, true],
    ["validator-4", true, false],
  ]);
});

test("a group that is configured and empty is told, with how many have to run", async () => {
  const wanted = (name: string, group: string) => ({
    ...{ host: "new", name, kind: "service", group, tags: [] },
    settings: { runbook: null, runs: name },
  });
  await syncFleet(
    api.store.database,
    {
      hosts: ["toys", "far", "new"].map((id) => ({ id, platform: "process" })),
      discovering: new Set<string>(),
      services: ["a", "b", "c", "d"].map((name) => wanted(name, "some")),
      alerts: { limits: defaultLimits, thrash: { errors: 3, withinMs: 600_000 } },
      groups: [
        { name: "empty", keepRunning: { tag: "count", count: 2 } },
        { name: "some", keepRunning: { tag: "fraction", part: 2, whole: 3 } },
      ],
    },
    now().at,
  );
  const nothing = { quorum: null, chain: null, running: 0 };
  expect((await get("/api/v1/groups")).items).toEqual([
    { name: "empty", members: [], keepRunning: 2, ...nothing },
    { name: "some", members: ["new/a", "new/b", "new/c", "new/d"], keepRunning: 3, ...nothing },
  ]);
});

test("what an application says goes before what its platform says of its health", async () => {
  const { database } = api.store;
  const detail = {
    process: { state: "running", detail: "pid 7" },
    health: { status: "unknown", detail: "Nothing is checked." },
    load: "loaded",
    activity: null,
  } as const;
  const told = toldOf({}, { status: "degraded", detail: "2 of 4", have: 2, want: 4 });
  await addService(database, "new", "both", { detail, application: told });
  const service = await get("/api/v1/services/new/both");
  expect(service.health).toEqual({ status: "degraded", detail: "2 of 4", have: 2, want: 4 });
  expect(service.application.says).toBe("It works.");
});
