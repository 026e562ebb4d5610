import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { alert, alertEvent, notificationChannel } from "@/db/alert-schema";
import { gap } from "@/db/schema";
import { TestApi } from "../test-api";

interface Described {
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { schema: object }>> }>
  >;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

const echo = "/services/toys/echo";
const alertId = "00000000-0000-4000-8000-000000000001";

let api: TestApi;
let document: Document;

beforeAll(async () => {
  api = await TestApi.open();
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  document = await (await api.get("/api/v1/openapi.json")).json();
  const at = (seconds: number) => seconds * 1e6;
  await api.store.database.db
    .insert(gap)
    .values({ host: "toys", from: at(1500), to: at(1600), reason: "rebooted", recovered: true });
  const words = { summary: "It failed.", why: "It crashed.", todo: "Look at its log." };
  const when = { since: at(2000), firedAt: at(2300) };
  await api.store.database.db
    .insert(alert)
    .values({ id: alertId, rule: "contact", severity: "critical", host: "far", ...words, ...when });
  await api.store.database.db.insert(alertEvent).values({ alertId, at: at(2300), what: "fired" });
  const channel = { name: "ops", kind: "webhook", target: "ops.example.net", present: true };
  await api.store.database.db.insert(notificationChannel).values(channel);
});
afterAll(() => api.close());
beforeEach(() => api.observe());

/** Every route file below `app/api/v1`, as the address and the methods that it answers. */
function routes(): { address: string; methods: string[] }[] {
  const folder = path.resolve(import.meta.dirname, "../../../app/api/v1");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => {
      const [, given = ""] = /route\(\{([^}]*)\}\)/.exec(readFileSync(path.join(folder, file), "utf8")) ?? [];
      return {
        address: `/api/v1/${path.dirname(file)}`.replaceAll(/\[(\w+)\]/g, "{$1}"),
        methods: [...given.matchAll(/([A-Z]+):/g)].map(([, method = ""]) => method.toLowerCase()).sort(),
      };
    });
}

/** The schema as one that stands alone and allows no key that it does not name. */
function closed(schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: document.components.schemas })
    .replaceAll("#/components/schemas/", "#/$defs/")
    .replaceAll('"type":"object","properties"', '"type":"object","additionalProperties":false,"properties"');
  return z.fromJSONSchema(JSON.parse(text));
}

describe("the description", () => {
  test("knows every route and method, and none that does not exist", () => {
    const found = Object.fromEntries(routes().map(({ address, methods }) => [address, methods]));
    const told = Object.entries(document.paths).map(([address, methods]) => [
      address,
      Object.keys(methods).sort(),
    ]);
    expect(Object.fromEntries(told)).toEqual({ ...found, "/metrics": ["get"] });
  });

  test("is OpenAPI 3.1, and whatever it refers to is there", () => {
    expect(document.openapi).toBe("3.1.0");
    const text = JSON.stringify(document);
    for (const [, name = ""] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g))
      expect(document.components.schemas).toHaveProperty(name);
    expect(text).not.toMatch(/"\$(id|defs|schema)":/);
  });

  test("names every parameter of an address, and what a query may hold", () => {
    for (const [address, methods] of Object.entries(document.paths))
      for (const { parameters = [] } of Object.values(methods))
        expect(parameters.filter((each) => each.in === "path").map(({ name }) => `{${name}}`)).toEqual(
          address.match(/\{\w+\}/g) ?? [],
        );
    const query = document.paths["/api/v1/transitions"]?.get?.parameters ?? [];
    expect(query.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["from", "to", "state", "cause", "actor", "format", "limit", "cursor"]),
    );
    expect(query.find(({ name }) => name === "limit")?.schema).toEqual({
      type: "integer",
      minimum: 1,
      maximum: 1000,
    });
    expect(query.find(({ name }) => name === "from")?.schema).toMatchObject({ format: "date-time" });
  });

  test("lets answers be added to", () => {
    expect(JSON.stringify(document.components.schemas.Service)).not.toContain("additionalProperties");
    expect(document.components.schemas.CommandRequest).toMatchObject({ additionalProperties: false });
  });
});

describe("real answers are as described", () => {
  test.each([
    ["/services", "/services"],
    [echo, "/services/{host}/{name}"],
    ["/services/far/away", "/services/{host}/{name}"],
    [`${echo}/machine`, "/services/{host}/{name}/machine"],
    ["/groups", "/groups"],
    ["/groups/edge", "/groups/{name}"],
    [`${echo}/transitions`, "/services/{host}/{name}/transitions"],
    [`${echo}/gaps`, "/services/{host}/{name}/gaps"],
    ["/transitions?limit=2", "/transitions"],
    ["/gaps", "/gaps"],
    ["/hosts", "/hosts"],
    ["/health", "/health"],
    [`${echo}/time-in-state`, "/services/{host}/{name}/time-in-state"],
    [`${echo}/timeline?points=20`, "/services/{host}/{name}/timeline"],
    [`${echo}/normal`, "/services/{host}/{name}/normal"],
    [`${echo}/thrash`, "/services/{host}/{name}/thrash"],
    ["/time-in-state?host=toys", "/time-in-state"],
    ["/timelines", "/timelines"],
    ["/alerts", "/alerts"],
    [`/alerts/${alertId}`, "/alerts/{id}"],
    ["/alert-rules", "/alert-rules"],
    ["/silences", "/silences"],
    ["/channels", "/channels"],
  ])("GET %s", async (address, described) => {
    const answer = await api.get(`/api/v1${address}`);
    const get = document.paths[`/api/v1${described}`]?.get;
    const schema = get?.responses[answer.status]?.content["application/json"]?.schema;
    expect(answer.status).toBe(200);
    const body = await answer.json();
    expect(closed(schema ?? {}).safeParse(body).error).toBeUndefined();
    expect(closed(schema ?? {}).safeParse({ ...body, more: 1 }).success).toBe(false);
  });

  test("a command, and what became of it", async () => {
    const posted = await api.post(`/api/v1${echo}/commands`, { event: "stop", reason: "for a test" });
    const command = closed({ $ref: "#/components/schemas/Command" });
    const body = await posted.json();
    expect(posted.status).toBe(202);
    expect(command.safeParse(body).error).toBeUndefined();
    const found = await (await api.get(`/api/v1/commands/${body.id}`)).json();
    expect(command.safeParse(found).error).toBeUndefined();
  });

  test("a silence that is asked for, and an alert that somebody has", async () => {
    const asked = { kind: "silence", matcher: { host: "far" }, why: "It is being moved.", forMs: 60_000 };
    const silence = await api.post("/api/v1/silences", asked);
    expect(silence.status).toBe(201);
    const told = closed({ $ref: "#/components/schemas/Silence" }).safeParse(await silence.json());
    expect(told.error).toBeUndefined();
    const had = await api.post(`/api/v1/alerts/${alertId}/acknowledge`, { note: "On it." });
    expect(had.status).toBe(200);
    const shape = closed({ $ref: "#/components/schemas/Alert" });
    expect(shape.safeParse(await had.json()).error).toBeUndefined();
  });

  test.each([
    [401, "/api/v1/services", { authorization: "" }],
    [404, "/api/v1/services/toys/nobody", {}],
    [400, "/api/v1/services?limit=0", {}],
    [406, "/api/v1/transitions", { accept: "image/png" }],
  ])("a refusal (%i) is a Problem", async (status, address, headers) => {
    const answer = await api.get(address, { headers });
    expect(answer.status).toBe(status);
    const problem = closed({ $ref: "#/components/schemas/Problem" });
    expect(problem.safeParse(await answer.json()).error).toBeUndefined();
  });
});
