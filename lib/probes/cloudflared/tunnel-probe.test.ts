import { readdirSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createExchange } from "../exchange";
import type { TunnelAnswer } from "./answer";
import { type Page, readCapture, readHttpCapture, readPoll } from "./testing/capture";
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

function ready(count: number, connectorId = "run-1"): Page {
  const status = count > 0 ? 200 : 503;
  return text(JSON.stringify({ status, readyConnections: count, connectorId }), status);
}

/** Every endpoint as it was captured while all four connections stood. */
function serveConnected(): void {
  server.serve({
    "/ready": readHttpCapture("B-connected.ready.http"),
    "/metrics": readHttpCapture("B-connected.metrics.http"),
    "/diag/tunnel": readHttpCapture("B-connected.diag-tunnel.http"),
    "/diag/configuration": readHttpCapture("B-connected.diag-configuration.http"),
    "/healthcheck": readHttpCapture("B-connected.healthcheck.http"),
  });
}

test("a tunnel with all its connections tells each with its location and address", async () => {
  serveConnected();
  expect(await ask()).toEqual({
    tag: "answered",
    answer: {
      status: 200,
      ready: 4,
      connectorId: "24e6754b-d106-42b5-9475-dd431118363c",
      details: {
        connections: [
          { index: 0, location: "fra08", edge: "127.0.0.2" },
          { index: 1, location: "ams01", edge: "127.0.0.1" },
          { index: 2, location: "fra16", edge: "127.0.0.3" },
          { index: 3, location: "ams04", edge: "127.0.0.4" },
        ],
        protocol: "quic",
        version: "2025.4.2",
        want: null,
        requests: 0,
      },
    },
  });
});

test("503 is an answer: no connection, whatever the gauge of attempts says", async () => {
  server.serve({
    "/ready": readHttpCapture("A-no-edge.ready.http"),
    "/metrics": text(readCapture("A-no-edge.metrics.txt")),
  });
  expect(await ask()).toEqual({
    tag: "answered",
    answer: {
      status: 503,
      ready: 0,
      connectorId: "5d1eb629-8423-42a2-bf38-4fc656aa9572",
      details: { connections: [], protocol: null, version: "2025.4.2", want: null, requests: 0 },
    },
  });
});

test("after a reconnect the locations are the new ones, and a version without /diag tells no addresses", async () => {
  server.serve({ "/ready": ready(4), "/metrics": text(readCapture("C-reconnected.metrics.txt")) });
  const asked = await ask();
  expect(asked.tag === "answered" && asked.answer.details?.connections).toEqual([
    { index: 0, location: "ams04", edge: null },
    { index: 1, location: "fra16", edge: null },
    { index: 2, location: "fra08", edge: null },
    { index: 3, location: "ams01", edge: null },
  ]);
});

test("where fewer stand than the metrics remember, it does not guess which", async () => {
  server.serve({ "/ready": ready(2), "/metrics": text(readCapture("C-reconnected.metrics.txt")) });
  const asked = await ask();
  expect(asked.tag === "answered" && asked.answer.details?.connections).toEqual([]);
});

test("a tunnel that was told how many connections to hold says so", async () => {
  serveConnected();
  server.serve({ "/diag/configuration": text('{"ha-connections":"2","uid":"0"}') });
  const asked = await ask();
  expect(asked.tag === "answered" && asked.answer.details?.want).toBe(2);
});

test("http2 is protocol 0, which Go leaves out", async () => {
  const { body } = readHttpCapture("B-connected.diag-tunnel.http");
  serveConnected();
  server.serve({ "/diag/tunnel": text(body.replaceAll('"protocol":1,', "")) });
  const asked = await ask();
  expect(asked.tag === "answered" && asked.answer.details?.protocol).toBe("http2");
});

test.each(["A-no-edge", "B-connect", "D-stop"])("%s: every answer that was polled is read", async (name) => {
  for (const { ready_status: status, ready_body: body } of readPoll(`${name}.poll.jsonl`)) {
    // A refused connection has no answer to serve.
    if (status === null) continue;
    server.serve({ "/ready": text(body, status) });
    const said = JSON.parse(body) as { readyConnections: number; connectorId: string };
    expect(await ask()).toMatchObject({
      tag: "answered",
      answer: { status, ready: said.readyConnections, connectorId: said.connectorId },
    });
  }
});

test.each([
  ["healthcheck", "is not JSON"],
  ["metrics", "is not JSON"],
  ["config", "readyConnections is missing or wrong"],
  ["quicktunnel", "readyConnections is missing or wrong"],
  ["diag-system", "readyConnections is missing or wrong"],
  ["diag-tunnel", "readyConnections is missing or wrong"],
  ["diag-configuration", "readyConnections is missing or wrong"],
])("what /%s answers is no readiness, and said to be none", async (endpoint, why) => {
  server.serve({ "/ready": readHttpCapture(`B-connected.${endpoint}.http`) });
  expect(await ask()).toMatchObject({
    tag: "failed",
    failure: "nonsense",
    why: expect.stringContaining(why),
    mend: expect.stringContaining("--metrics"),
  });
});

test("every capture of an endpoint is served by one of these tests", () => {
  const folder = new URL("captures/", import.meta.url);
  const endpoints = readdirSync(folder).filter((name) => /\.(http|txt)$/.test(name) && !/\.log\./.test(name));
  expect(endpoints.toSorted()).toEqual([
    "A-no-edge.metrics.txt",
    "A-no-edge.ready.http",
    "B-connected.config.http",
    "B-connected.diag-configuration.http",
    "B-connected.diag-system.http",
    "B-connected.diag-tunnel.http",
    "B-connected.healthcheck.http",
    "B-connected.metrics.http",
    "B-connected.quicktunnel.http",
    "B-connected.ready.http",
    "C-reconnected.metrics.txt",
  ]);
});

test("nobody there is refused, with the option that mends it", async () => {
  const probe = open();
  await server.close();
  expect(await ask(probe)).toMatchObject({
    tag: "failed",
    failure: "refused",
    mend: expect.stringContaining("--metrics"),
  });
  server = new MetricsServer();
  await server.listen();
});

test("what only says more may be nonsense or missing: the readiness is the answer", async () => {
  server.serve({
    "/ready": ready(1),
    "/metrics": text("<html>"),
    "/diag/tunnel": text('{"connections":"many"}'),
    "/diag/configuration": text("[]"),
  });
  const nothing = { connections: [], protocol: null, version: null, want: null, requests: null };
  expect(await ask()).toEqual({
    tag: "answered",
    answer: { status: 200, ready: 1, connectorId: "run-1", details: nothing },
  });
  server.pages.clear();
  server.serve({ "/ready": ready(1, "run-2") });
  expect(await ask()).toMatchObject({ tag: "answered", answer: { details: nothing } });
});

test("what only says more may hang: the readiness comes within the time of one asking", async () => {
  server.serve({ "/ready": ready(2) });
  server.silent.add("/metrics");
  expect(await ask(open(500))).toMatchObject({ tag: "answered", answer: { ready: 2 } });
});

test("a readiness that does not come is silence", async () => {
  server.silent.add("/ready");
  expect(await ask(open(200))).toMatchObject({
    tag: "failed",
    failure: "silent",
    why: "no answer within 200 ms",
  });
});

test("its own log is spared: /diag is asked when the number of connections changes, and not again", async () => {
  serveConnected();
  const probe = open();
  const asks = async (times: number): Promise<TunnelAnswer[]> => {
    const answers: TunnelAnswer[] = [];
    for (let n = 0; n < times; n++) {
      const asked = await ask(probe);
      if (asked.tag === "answered") answers.push(asked.answer);
    }
    return answers;
  };
  const count = (path: string) => server.asked.filter((asked) => asked === path).length;
  const answers = await asks(40);
  expect(answers.every(({ details }) => details?.connections.length === 4)).toBe(true);
  expect(count("/diag/tunnel")).toBe(1);
  expect(count("/diag/configuration")).toBe(1);
  expect(count("/metrics")).toBeLessThan(5);
  const { connectorId } = answers[0] ?? {};
  server.serve({ "/ready": ready(3, connectorId ?? "") });
  await asks(5);
  expect(count("/diag/tunnel")).toBe(2);
  expect(count("/diag/configuration")).toBe(1);
  server.serve({ "/ready": ready(3, "the next run") });
  await asks(5);
  expect(count("/diag/tunnel")).toBe(3);
  expect(count("/diag/configuration")).toBe(2);
});

test("the address may end in a path, with or without a slash", async () => {
  server.serve({ "/tunnel/ready": ready(4) });
  for (const path of ["/tunnel", "/tunnel/"]) {
    const probe = createTunnelProbe({ metrics: `${metrics}${path}`, timeoutMs: 10_000 }, createExchange({}));
    expect(await ask(probe)).toMatchObject({ tag: "answered" });
  }
});

test("an aborted asking rejects with the reason", async () => {
  const aborted = AbortSignal.abort(new Error("closing"));
  await expect(open().ask(aborted)).rejects.toThrow("closing");
});
