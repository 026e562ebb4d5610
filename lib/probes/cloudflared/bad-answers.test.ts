import { afterEach, beforeEach, expect, test } from "vitest";
import { createExchange } from "../exchange";
import type { Page } from "./testing/capture";
import { MetricsServer, text } from "./testing/metrics-server";
import { createTunnelProbe } from "./tunnel-probe";

let server: MetricsServer;
let metrics: string;

beforeEach(async () => {
  server = new MetricsServer();
  metrics = await server.listen();
});

afterEach(() => server.close());

const open = (timeoutMs = 10_000) => createTunnelProbe({ metrics, timeoutMs }, createExchange({}));
const ask = (probe = open()) => probe.ask(new AbortController().signal);

test.each<[string, Page, string]>([
  ["200 with 503 inside", text('{"status":503,"readyConnections":1}'), "says 503 inside"],
  ["200 without a connection", text('{"status":200,"readyConnections":0}'), "does not go together"],
  ["503 with connections", text('{"status":503,"readyConnections":3}', 503), "does not go together"],
  ["a count that is none", text('{"status":200,"readyConnections":"4"}'), "readyConnections is missing"],
  ["a count below zero", text('{"status":200,"readyConnections":-1}'), "readyConnections is missing"],
  ["a list", text("[1]"), "it is no object"],
  ["a redirect", text("", 302), "HTTP 302"],
  ["another status", text("", 500), "neither 200 nor 503"],
  ["503 of something else", text("<h1>Unavailable</h1>", 503), "is not JSON"],
  ["no such page", text("not found", 404), "there is no /ready"],
])("%s is nonsense", async (_, page, why) => {
  server.serve({ "/ready": page });
  expect(await ask()).toMatchObject({
    tag: "failed",
    failure: "nonsense",
    why: expect.stringContaining(why),
  });
});

test.each([401, 403])("HTTP %i is not for us", async (status) => {
  server.serve({ "/ready": text("", status) });
  expect(await ask()).toMatchObject({ tag: "failed", failure: "denied", mend: expect.any(String) });
});

test("a body without end is not read to its end", async () => {
  server.serve({ "/ready": text("x".repeat(70_000)) });
  expect(await ask()).toMatchObject({ tag: "failed", failure: "nonsense" });
});
