import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { problemSchema } from "../wire/service";
import { TestApi } from "./test-api";

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterAll(() => api.close());
beforeEach(() => api.observe());

const databaseUp = async () =>
  /^signalbox_database_up (\d)$/m.exec(await (await api.get("/metrics")).text())?.[1];

describe("who may scrape, and what is answered", () => {
  test("a token or this browser's cookie; a stranger is told 401", async () => {
    expect((await api.get("/metrics")).status).toBe(200);
    const byCookie = await api.get("/metrics", { headers: { authorization: "", cookie: api.cookie } });
    expect(byCookie.status).toBe(200);
    for (const authorization of ["", "Bearer sb_wrong", "Basic YTpi"]) {
      const refused = await api.get("/metrics", { headers: { authorization } });
      expect(refused.status).toBe(401);
      expect(refused.headers.get("www-authenticate")).toBe("Bearer");
      expect(problemSchema.parse(await refused.json()).code).toBe("unauthenticated");
    }
  });

  test.each([
    [undefined, "text/plain; version=0.0.4; charset=utf-8"],
    ["*/*", "text/plain; version=0.0.4; charset=utf-8"],
    ["text/plain;version=0.0.4", "text/plain; version=0.0.4; charset=utf-8"],
    [
      "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
      "application/openmetrics-text; version=1.0.0; charset=utf-8",
    ],
    ["application/openmetrics-text;q=0.1,text/plain;q=0.9", "text/plain; version=0.0.4; charset=utf-8"],
  ])("Accept %j is answered as %s", async (accept, type) => {
    const answer = await api.get("/metrics", accept === undefined ? {} : { headers: { accept } });
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect((await answer.text()).endsWith("# EOF\n")).toBe(type.startsWith("application/"));
  });

  test("what cannot be answered is a problem document", async () => {
    expect((await api.get("/metrics", { headers: { accept: "application/json" } })).status).toBe(406);
    expect((await api.get("/metrics?host=toys")).status).toBe(400);
    expect((await api.call("HEAD", "/metrics")).status).toBe(405);
    expect((await api.post("/metrics", {})).status).toBe(405);
  });
});

describe("without a database", () => {
  test("a token that was let in before is told that it is down, and nothing of the fleet; a stranger nothing", async () => {
    expect(await databaseUp()).toBe("1");
    await api.store.stopServer();
    const answer = await api.get("/metrics");
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain("\nsignalbox_database_up 0\n");
    expect(text).toContain('signalbox_process_resident_memory_bytes{process="web"}');
    expect(text).not.toContain("toys");
    for (const authorization of ["", "Bearer sb_wrong"])
      expect((await api.get("/metrics", { headers: { authorization } })).status).not.toBe(200);
    expect((await api.get("/metrics", { headers: { authorization: "", cookie: api.cookie } })).status).toBe(
      503,
    );
    await api.store.startServer();
    await expect.poll(databaseUp, { timeout: 20_000 }).toBe("1");
  });
});
