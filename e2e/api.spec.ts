import { expect, test } from "@playwright/test";
import type { Service } from "../lib/wire/service";
import { smallFleet } from "./support/fleets";
import { Signalbox } from "./support/signalbox";

let signalbox: Signalbox;
test.beforeAll(async () => {
  signalbox = await Signalbox.start(smallFleet);
});
test.afterAll(async () => signalbox?.remove());

type Problem = { code: string; title: string; detail: string };

test("nothing is told without a key or token, but health", async () => {
  for (const path of ["/api/v1/services", "/api/v1/live", "/api/v1/transitions"])
    expect((await fetch(signalbox.address + path)).status).toBe(401);
  expect((await fetch(`${signalbox.address}/healthz`)).status).toBe(200);
  expect((await fetch(`${signalbox.address}/readyz`)).status).toBe(200);
  const wrong = await fetch(`${signalbox.address}/api/v1/services`, {
    headers: { authorization: "Bearer sb_wrong" },
  });
  expect(wrong.status).toBe(401);
  expect(wrong.headers.get("content-type")).toContain("application/problem+json");
});

test("an illegal command is refused with the words that the service itself shows", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const service = await api.service("toys/steady");
  const shown = service.refused.find(({ event }) => event === "reset");
  const answer = await api.post<Problem>("/services/toys/steady/commands", { event: "reset" });
  expect(answer.status).toBe(409);
  expect(answer.body).toMatchObject({ code: "not-allowed-in-state", detail: shown?.reason });
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
});

test("a command on a picture that is no longer true is refused as stale", async () => {
  const api = await signalbox.api();
  const { seq } = await api.reaches("toys/steady", "Running");
  const answer = await api.post<Problem>("/services/toys/steady/commands", {
    event: "stop",
    expectedSeq: seq - 1,
  });
  expect(answer.status).toBe(409);
  expect(answer.body.code).toBe("stale");
});

test("of two commands at once one is accepted, and the other is told who holds the service", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/slow-stop", "Running");
  const answers = await Promise.all([
    api.post<Problem>("/services/toys/slow-stop/commands", { event: "restart" }),
    api.post<Problem>("/services/toys/slow-stop/commands", { event: "restart" }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body.code).toBe("busy");
  expect(refused?.body.detail).toContain("local operator");
  await api.reaches("toys/slow-stop", "Running");
});

test("a command during the hold is accepted, and settles the held one", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const stop = await api.command("toys/steady", "stop");
  await api.reaches("toys/steady", "Stopped");
  const start = await api.command("toys/steady", "start");
  expect(start.status).toBe(202);
  expect((await api.fate(stop.body)).status).toBe("proven");
  const fate = await api.fate(start.body);
  expect(fate.status).toBe("proven");
  expect(Date.parse(fate.settledAt ?? "") - Date.parse(fate.reachedAt ?? "")).toBeGreaterThanOrEqual(4_900);
});

test("every bad input is answered with a problem document, and nothing is executed", async () => {
  const api = await signalbox.api();
  const before = (await api.get<{ items: Service[] }>("/services")).body.items.map(({ id, seq }) => [
    id,
    seq,
  ]);
  const cases: [string, string, string | undefined, number[]][] = [
    ["GET", "/services/toys/nobody", undefined, [404]],
    ["GET", "/services/nowhere/steady", undefined, [404]],
    ["GET", "/nothing-here", undefined, [404]],
    ["GET", "/services?limit=0", undefined, [400, 422]],
    ["GET", "/services?limit=1001", undefined, [400, 422]],
    ["GET", "/services?state=Flying", undefined, [200, 400, 422]],
    ["GET", "/transitions?cursor=%00%FF", undefined, [400, 422]],
    ["GET", "/transitions?cursor=nonsense", undefined, [400, 422]],
    ["GET", "/transitions?from=yesterday", undefined, [400, 422]],
    ["GET", "/services/toys/steady/transitions?to=2026-13-45T00:00:00Z", undefined, [400, 422]],
    ["POST", "/services/toys/steady/commands", "{", [400]],
    ["POST", "/services/toys/steady/commands", "[]", [400, 422]],
    ["POST", "/services/toys/steady/commands", "{}", [400, 422]],
    ["POST", "/services/toys/steady/commands", '{"event":"explode"}', [422]],
    ["POST", "/services/toys/nobody/commands", '{"event":"start"}', [404]],
    [
      "POST",
      "/services/toys/steady/commands",
      JSON.stringify({ event: "stop", reason: "x".repeat(50_000) }),
      [400, 413, 422],
    ],
    ["DELETE", "/services/toys/steady", undefined, [405]],
    ["GET", "/commands/not-a-uuid", undefined, [404]],
    ["GET", `/services/toys/${"x".repeat(10_000)}`, undefined, [404, 414, 431]],
    ["GET", "/services/toys/..%2F..%2Fetc%2Fpasswd", undefined, [404]],
    ["GET", "/services/toys/a%22b%27c", undefined, [404]],
    ["GET", "/services/toys/a%0Ab", undefined, [404]],
    ["GET", "/services/toys/%E0%A4%A", undefined, [400, 404]],
  ];
  for (const [method, path, body, statuses] of cases) {
    const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
    const answer = await fetch(`${api.address}/api/v1${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { cookie: api.cookie, origin: api.address, ...headers },
    });
    expect(statuses, `${method} ${path.slice(0, 80)} → ${answer.status}`).toContain(answer.status);
    if (answer.status >= 400 && answer.status !== 431 && !path.includes("%E0%A4%A"))
      expect(answer.headers.get("content-type"), `${method} ${path.slice(0, 80)}`).toContain(
        "application/problem+json",
      );
  }
  const notJson = await api.request("POST", "/services/toys/steady/commands", "event=stop", {
    "content-type": "application/x-www-form-urlencoded",
  });
  expect(notJson.status).toBe(415);
  const after = (await api.get<{ items: Service[] }>("/services")).body.items.map(({ id, seq }) => [id, seq]);
  expect(after).toEqual(before);
});

test("a foreign origin, a foreign host and a forwarded request are refused", async () => {
  const api = await signalbox.api();
  const foreign = await api.post(
    "/services/toys/steady/commands",
    { event: "stop" },
    { origin: "https://example.net" },
  );
  expect(foreign.status).toBe(403);
  const forwarded = await api.get("/services", { "x-forwarded-for": "192.0.2.7" });
  expect(forwarded.status).toBe(403);
  const { request } = await import("node:http");
  const status = await new Promise((resolve, reject) => {
    request(
      `${signalbox.address}/api/v1/services`,
      { headers: { host: "example.net", cookie: api.cookie } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    )
      .once("error", reject)
      .end();
  });
  expect(status).toBe(403);
});

test("the machine is told whole, with its diagram", async () => {
  const api = await signalbox.api();
  const { body } = await api.get<{
    kind: string;
    initial: string;
    states: unknown[];
    transitions: unknown[];
    mermaid: string;
  }>("/services/toys/steady/machine");
  expect(body).toMatchObject({ kind: "service", initial: "Stopped" });
  expect(body.states).toHaveLength(6);
  expect(body.mermaid.split("\n")[0]).toBe("stateDiagram-v2");
});

test("a log is read whole, searched and followed", async () => {
  const api = await signalbox.api();
  await api.reaches("toys/steady", "Running");
  const read = await api.get<{ items: { text: string }[] }>("/services/toys/steady/logs?lines=5&grep=STEADY");
  expect(read.status).toBe(200);
  expect(read.body.items.length).toBeGreaterThan(0);
  for (const line of read.body.items) expect(line.text.toLowerCase()).toContain("steady");
  const followed = await fetch(`${api.address}/api/v1/services/toys/steady/logs?follow=true&lines=1`, {
    headers: { cookie: api.cookie },
    signal: AbortSignal.timeout(15_000),
  });
  let text = "";
  for await (const chunk of followed.body ?? []) {
    text += Buffer.from(chunk).toString();
    if ((text.match(/still here/g) ?? []).length >= 3) break;
  }
  expect(text).toContain("event: line");
});
