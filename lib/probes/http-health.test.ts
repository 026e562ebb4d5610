import type { RequestListener } from "node:http";
import { describe, expect, test } from "vitest";
import type { HealthConfig } from "../config/fleet";
import type { HttpFinding } from "./ask-http";
import type { Asked } from "./contract";
import { createExchange } from "./exchange";
import { createHttpHealth } from "./http-health";
import { serveBytes, serveHttp } from "./test-server";

const config: HealthConfig = {
  http: "http://127.0.0.1/health",
  from: "here",
  everyMs: 5_000,
  timeoutMs: 5_000,
  failures: 3,
  text: null,
  json: null,
  tlsWarnMs: 0,
};

async function askOnce(more: Partial<HealthConfig>): Promise<Asked<HttpFinding>> {
  const { probe } = createHttpHealth({ ...config, ...more }, createExchange({}));
  try {
    return await probe.ask(new AbortController().signal);
  } finally {
    probe.close();
  }
}

async function found(listener: RequestListener, more: Partial<HealthConfig> = {}): Promise<string> {
  const { url } = await serveHttp(listener);
  const asked = await askOnce({ http: url, ...more });
  if (asked.tag === "failed") return `${asked.failure}: ${asked.why}`;
  return `${asked.answer.isGood ? "good" : "bad"}: ${asked.answer.says}`;
}

const says =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(body);

describe("a health check's answer", () => {
  test("is good from 200 to 299, and nothing else is", async () => {
    expect(await found(says("", 204))).toBe("good: HTTP 204");
    expect(await found(says("", 503))).toBe("bad: HTTP 503");
    expect(await found(says("", 401))).toBe("bad: HTTP 401");
    const redirect: RequestListener = (_, response) => response.writeHead(301, { location: "/" }).end();
    expect(await found(redirect)).toBe("bad: HTTP 301, a redirect, which is not followed");
  });

  test("has to hold the text", async () => {
    expect(await found(says("ping pong"), { text: "pong" })).toBe("good: HTTP 200");
    expect(await found(says("ping"), { text: "pong" })).toBe(
      'bad: HTTP 200, the answer does not hold "pong"',
    );
    expect(await found(says("x".repeat(100_000)), { text: "pong" })).toBe(
      'bad: HTTP 200, the first 64 kB of the answer do not hold "pong"',
    );
  });

  const json = { field: ["data", "status"], is: "UP" };

  test.each([
    ['{"data":{"status":"UP"}}', "good: HTTP 200, data.status is UP"],
    ['{"data":{"status":"DOWN"}}', "bad: HTTP 200, data.status is DOWN, not UP"],
    ['{"data":{"status":{"code":"UP"}}}', "bad: HTTP 200, data.status is an object, not UP"],
    ['{"data":[]}', "bad: HTTP 200, the answer has no field data.status"],
    ["null", "bad: HTTP 200, the answer has no field data.status"],
    ['{"error":{"code":-32601}}', "bad: HTTP 200, the answer has no field data.status"],
    ["<html>UP</html>", "nonsense: HTTP 200, and the answer is not JSON"],
    ["", "nonsense: HTTP 200, and the answer is not JSON"],
  ])("whose JSON field is looked at: %s", async (body, expected) => {
    expect(await found(says(body), { json })).toBe(expected);
  });

  test("has numbers and truth values compared as they are written", async () => {
    expect(await found(says('{"ok":true}'), { json: { field: ["ok"], is: "true" } })).toMatch(/^good/);
    expect(await found(says('{"n":0}'), { json: { field: ["n"], is: "0" } })).toMatch(/^good/);
    expect(await found(says("{}"), { json: { field: ["constructor"], is: "x" } })).toMatch(/no field/);
  });

  test("is not repeated at length, nor on several lines", async () => {
    const text = await found(says(JSON.stringify({ s: `a\n${"b".repeat(10_000)}` })), {
      json: { field: ["s"], is: "UP" },
    });
    expect(text.length).toBeLessThan(120);
    expect(text).not.toContain("\n");
  });

  test("that is too large for JSON, or no HTTP, is nonsense", async () => {
    expect(await found(says(`"${"x".repeat(100_000)}"`), { json })).toBe(
      "nonsense: the answer is larger than 64 kB",
    );
    const { url } = await serveBytes((socket) => socket.end("220 mail.example.net ESMTP\r\n"));
    expect(await askOnce({ http: url })).toEqual({
      tag: "failed",
      failure: "nonsense",
      why: "the answer is not HTTP",
    });
  });
});
