import { expect, test } from "vitest";
import { errorsOf, hosts, systemdService } from "./expect-errors";
import { parseFleet } from "./parse";

test("all mistakes of a file are told at once, in the order of its lines", () => {
  const text = `host: {}
hosts:
  toys: { platform: process }
  bad name: {}
services:
  - host: toys
    name: a
    command: [a]
    settle: soon
    after: [toys/b]
  - { host: tos, name: x, command: [x], colour: red }
  - { host: toys, name: b, command: [], after: [toys/a] }
  - { host: toys, name: a, command: [a] }
discover: [{ host: nowhere, units: ["*"] }]
groups: { g: { keepRunning: 0 } }
alerts: { error: 0s }
`;
  const lines = errorsOf(text).map((error) => Number(error.split(":")[1]));
  expect(lines).toEqual([1, 4, 9, 11, 11, 12, 12, 13, 14, 15, 16]);
});

test("a service that stands twice is told with both lines", () => {
  const text = `${hosts}services:\n  - { host: here, unit: a.service }\n  - { host: here, unit: b.service, name: a }\n`;
  expect(errorsOf(text)).toEqual([
    "f.yaml:4: the service `here/a` stands twice, on line 3 and on line 4; give one another name",
  ]);
});

test("a unit that is two services is told with the first one's line", () => {
  const text = `${hosts}services:\n  - { host: here, unit: a.service }\n  - { host: here, unit: a.service, name: b }\n`;
  expect(errorsOf(text)).toEqual([
    "f.yaml:4: the unit `a.service` is already the service `here/a` on line 3; a unit can be one service",
  ]);
});

test("services that wait for each other are named in a ring", () => {
  const service = (name: string, after: string) =>
    `  - { host: toys, name: ${name}, command: [x], after: [${after}] }\n`;
  const text = `${hosts}services:\n${service("a", "toys/b")}${service("b", "toys/c")}${service("c", "toys/a")}${service("d", "toys/a")}`;
  expect(errorsOf(text)).toEqual([
    "f.yaml:5: these wait for each other: toys/a → toys/b → toys/c → toys/a; take one out of after",
  ]);
});

test("what a service of an unknown platform lacks is not guessed at", () => {
  const text =
    "hosts:\n  toys: { platfrom: process }\nservices:\n  - { host: toys, name: a, command: [a], env: { A: 1 } }\n";
  expect(errorsOf(text)).toEqual([expect.stringMatching(/^f\.yaml:2: unknown key `platfrom`/)]);
});

test("a mistake in an anchored value is told where it is written, once", () => {
  const text = `${hosts}services:\n  - { host: here, unit: a.service, alerts: &slow { error: long } }\n  - { host: here, unit: b.service, alerts: *slow }\n`;
  expect(errorsOf(text)).toEqual([expect.stringMatching(/^f\.yaml:3: `long`: a duration/)]);
});

test("an issue has the path and the column of the wrong value", () => {
  const result = parseFleet(systemdService("health: { http: http://192.0.2.1/, every: often }"), {
    file: "f",
    baseFolder: "/",
  });
  expect(result).toMatchObject({
    tag: "invalid",
    issues: [{ file: "f", line: 5, column: 47, path: "services[0].health.every" }],
  });
});

test("a very wrong file is told in a bounded number of lines", () => {
  const errors = errorsOf(Array.from({ length: 1_000 }, (_, n) => `wrong${n}: 1`).join("\n"));
  expect(errors).toHaveLength(201);
  expect(errors[200]).toBe("f.yaml:201: and 800 more from here on");
});
