import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { problemSchema } from "../wire/service";
import { encodeCursor } from "./cursor";
import { TestApi } from "./test-api";

let api: TestApi;
const written: string[] = [];

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
});
afterAll(() => api.close());
beforeEach(async () => {
  written.length = 0;
  await api.observe();
});

const get = (address: string, init?: RequestInit) => api.get(address, init);
const post = (address: string, body: unknown, init?: RequestInit) => api.post(address, body, init);
const stopEcho = "/api/v1/services/toys/echo/commands";

describe("bad input is a problem document, one line in the log, and nothing else", () => {
  const long = "x".repeat(10_000);
  const echo = "/api/v1/services/toys/echo";
  test.each<[number, string, () => Promise<Response>]>([
    [401, "unauthenticated", () => get("/api/v1/services", { headers: { authorization: "" } })],
    [
      401,
      "unauthenticated",
      () => get("/api/v1/services", { headers: { authorization: "Bearer sb_wrong" } }),
    ],
    [401, "unauthenticated", () => get("/api/v1/nowhere", { headers: { authorization: "Basic YTpi" } })],
    [404, "not-found", () => get("/api/v1/nowhere")],
    [404, "not-found", () => get("/api/v1/services/toys/nobody")],
    [404, "not-found", () => get("/api/v1/services/..%2F..%2Fetc/passwd")],
    [404, "not-found", () => get("/api/v1/services/toys/..%2Fecho")],
    [404, "not-found", () => get("/api/v1/services/toys/'%22%3B--")],
    [404, "not-found", () => get("/api/v1/services/toys/echo%0Afake%20line")],
    [404, "not-found", () => get("/api/v1/services/toys/%00")],
    [404, "not-found", () => get("/api/v1/services/toys/%E2%80%AEohce")],
    [404, "not-found", () => get(`/api/v1/services/toys/${long}`)],
    [404, "not-found", () => get(`/api/v1/services/${long}/echo/transitions`)],
    [404, "not-found", () => get("/api/v1/commands/1")],
    [404, "not-found", () => get("/api/v1/commands/00000000-0000-4000-8000-000000000000")],
    [400, "malformed", () => get("/api/v1/services?limit=0")],
    [400, "malformed", () => get("/api/v1/services?limit=1001")],
    [400, "malformed", () => get("/api/v1/services?limit=1e3")],
    [400, "malformed", () => get("/api/v1/services?limit=-1")],
    [400, "malformed", () => get("/api/v1/services?limit=1&limit=2")],
    [400, "malformed", () => get("/api/v1/services?cursor=abc")],
    [400, "malformed", () => get(`/api/v1/services?cursor=${Buffer.from("[1,2]").toString("base64url")}`)],
    [400, "malformed", () => get("/api/v1/services?state=Runing")],
    [400, "malformed", () => get("/api/v1/services?kind=%00")],
    [400, "malformed", () => get("/api/v1/services?host=%00")],
    [400, "malformed", () => get(`/api/v1/services?q=${long}`)],
    [400, "malformed", () => get("/api/v1/services?stat=Running")],
    [400, "malformed", () => get("/api/v1/services?__proto__=1")],
    [400, "malformed", () => get(`${echo}?verbose=1`)],
    [400, "malformed", () => get(`${echo}/transitions?from=yesterday`)],
    [400, "malformed", () => get(`${echo}/transitions?to=2026-02-30T00:00:00Z`)],
    [400, "malformed", () => get(`${echo}/transitions?cursor=${long}`)],
    [400, "malformed", () => get(`${echo}/transitions?cursor=${encodeCursor([2_147_483_648])}`)],
    [400, "malformed", () => get(`${echo}/gaps?cursor=${encodeCursor([2 ** 53, 1])}`)],
    [400, "malformed", () => get(`/api/v1/transitions?cursor=${encodeCursor([1, 2 ** 63])}`)],
    [400, "malformed", () => get(`/api/v1/gaps?cursor=${encodeCursor([-(2 ** 63), 1])}`)],
    [400, "malformed", () => get("/api/v1/transitions?cause=magic")],
    [400, "malformed", () => get(`${echo}/logs?lines=100000`)],
    [400, "malformed", () => get(`${echo}/logs?follow=maybe`)],
    [400, "malformed", () => get(`${echo}/logs?grep=%00`)],
    [400, "malformed", () => get(`${echo}/logs?priority=8`)],
    [400, "malformed", () => get(`${echo}/logs?priority=-1`)],
    [400, "malformed", () => get(`${echo}/logs?around=yesterday`)],
    [400, "malformed", () => get(`${echo}/logs?around=2026-02-30T00:00:00Z`)],
    [400, "malformed", () => get(`${echo}/logs?usage=yes`)],
    [400, "malformed", () => get(`${echo}/usage?follow=1`)],
    [400, "malformed", () => get(`${echo}/usage?every=1`)],
    [404, "not-found", () => get("/api/v1/services/toys/nobody/usage")],
    [409, "no-contact", () => get("/api/v1/services/far/away/usage")],
    [405, "method-not-allowed", () => post(`${echo}/usage`, {})],
    [400, "malformed", () => get("/api/v1/live?after=-5")],
    [409, "no-contact", () => get("/api/v1/services/far/away/logs")],
    [404, "not-found", () => post("/api/v1/services/toys/nobody/commands", { event: "explode" })],
    [
      415,
      "unsupported-media-type",
      () => post(stopEcho, "event=stop", { headers: { "content-type": "text/plain" } }),
    ],
    [400, "malformed", () => post(stopEcho, "{not json")],
    [400, "malformed", () => post(stopEcho, "")],
    [413, "too-large", () => post(stopEcho, { event: "stop", reason: "x".repeat(20_000) })],
    [422, "unknown-event", () => post(stopEcho, { event: "explode" })],
    [422, "unknown-event", () => post(stopEcho, {})],
    [422, "invalid", () => post(stopEcho, [])],
    [422, "invalid", () => post(stopEcho, { event: "stop", expectedSeq: "3" })],
    [422, "invalid", () => post(stopEcho, { event: "stop", expectedSeq: 3e12 })],
    [422, "invalid", () => post(stopEcho, { event: "stop", reason: "\u0000" })],
    [422, "invalid", () => post(stopEcho, '{"event":"stop","reason":"\\ud800"}')],
    [422, "invalid", () => post(stopEcho, { event: "stop", force: true })],
    [409, "stale", () => post(stopEcho, { event: "stop", expectedSeq: 2 })],
    [409, "not-allowed-in-state", () => post(stopEcho, { event: "start" })],
    [405, "method-not-allowed", () => api.call("DELETE", echo)],
    [405, "method-not-allowed", () => api.call("HEAD", "/api/v1/services")],
    [405, "method-not-allowed", () => api.call("OPTIONS", stopEcho)],
    [405, "method-not-allowed", () => get(stopEcho)],
    [405, "method-not-allowed", () => post("/api/v1/services", {})],
    [
      403,
      "foreign-origin",
      () => post(stopEcho, { event: "stop" }, { headers: { authorization: "", cookie: api.cookie } }),
    ],
  ])("%i %s (%#)", async (status, code, act) => {
    const response = await act();
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = problemSchema.parse(await response.json());
    expect(problem).toMatchObject({ status, code, type: `urn:signalbox:problem:${code}` });
    expect(problem.detail.length).toBeLessThan(600);
    const lines = written.join("").split("\n").filter(Boolean);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(` ${status} ${code} `);
    expect(lines[0]?.length).toBeLessThan(1500);
    expect(lines[0]).not.toContain(api.token);
    expect(await api.store.database.sql`SELECT 1 FROM command`).toHaveLength(0);
  });

  test("a refused method is told what is allowed", async () => {
    expect((await api.call("PUT", stopEcho)).headers.get("allow")).toBe("POST");
    expect((await api.call("PUT", "/api/v1/hosts")).headers.get("allow")).toBe("GET");
  });
});
