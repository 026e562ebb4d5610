import { expect, test } from "vitest";
import { fleetOf, warningsOf } from "./expect-fleet";

const file = (...services: string[]) =>
  `hosts: { n: { via: [ssh, node1.example.net] }, t: { platform: process } }\nservices:\n${services
    .map((service) => `  - { ${service} }\n`)
    .join("")}`;
const rpc = (name: string) =>
  `host: n, unit: ${name}.service, kind: besu, besu: { rpc: "http://127.0.0.1:8545" }`;

test("an observer that has no RPC, is no node, or is the node itself is warned of at its line", () => {
  const text = file(
    rpc("sentry"),
    "host: n, unit: mute.service, kind: besu",
    "host: n, unit: web.service",
    "host: n, unit: v.service, kind: besu, besu: { validator: true, observers: [n/sentry, n/mute, n/web, n/v, n/gone] }",
  );
  expect(warningsOf(text)).toEqual([
    "6: `n/mute` has no besu.rpc, so it cannot be asked",
    "6: `n/web` has no besu.rpc, so it cannot be asked",
    expect.stringMatching(/^6: `n\/v` is the service itself/),
    expect.stringMatching(/^6: `n\/gone` is no service of this file/),
  ]);
});

test("a validator that nobody can be asked about is warned of, and no other node", () => {
  const text = file(
    "host: n, unit: alone.service, kind: besu, besu: { validator: true }",
    "host: n, unit: mute.service, kind: besu",
    'host: n, unit: open.service, kind: besu, besu: { validator: true, rpc: "http://127.0.0.1:8545" }',
    rpc("sentry"),
    "host: n, unit: seen.service, kind: besu, besu: { validator: true, observers: [n/sentry] }",
  );
  expect(warningsOf(text)).toEqual([
    expect.stringMatching(/^3: .*nobody can be asked whether it takes part/),
  ]);
});

test("what is asked from the host of a process host is asked from here", () => {
  const health = 'health: { http: "http://127.0.0.1/", from: host }';
  const [there, here] = fleetOf(
    file(`host: n, unit: a.service, ${health}`, `host: t, name: a, command: [a], ${health}`),
  ).services;
  expect([there?.health?.from, here?.health?.from]).toEqual(["host", "here"]);
});
