import { describe, expect, test } from "vitest";
import { fleetOf, warningsOf } from "./expect-fleet";

describe("how values are read", () => {
  const process = (rest: string) =>
    fleetOf(
      `hosts: { 101: { platform: process } }\nservices:\n  - { host: 101, name: 7, command: [a], ${rest} }`,
    ).services[0];

  test("numbers and truth values in arguments, variables and names are the text that was written", () => {
    expect(process("env: { A: 0755, B: 1.50, C: true, D: 9001, E: 0x1F, F: 1e3 }")).toMatchObject({
      id: "101/7",
      env: { A: "0755", B: "1.50", C: "true", D: "9001", E: "0x1F", F: "1e3" },
    });
    const text = "hosts: { h: { via: [ssh, -p, 2222, h] } }\nservices: [{ host: h, unit: a.service }]";
    expect(fleetOf(text).hosts[0]).toMatchObject({ via: ["ssh", "-p", "2222", "h"] });
  });

  test("a folder is seen from the folder of the file", () => {
    expect(process("cwd: sub/folder")).toMatchObject({ cwd: "/srv/box/sub/folder" });
    expect(process("cwd: /elsewhere")).toMatchObject({ cwd: "/elsewhere" });
  });

  test("durations may have a fraction", () => {
    expect(process("settle: 1.5s, startTimeout: 250ms, stopTimeout: 1h")).toMatchObject({
      settleMs: 1_500,
      startTimeoutMs: 250,
      stopTimeoutMs: 3_600_000,
    });
  });

  test("a group keeps a number of services running, or a share of them", () => {
    const members = Array.from(
      { length: 3 },
      (_, n) => `  - { host: h, unit: a${n}.service, group: g }\n`,
    ).join("");
    const text = (keep: string) =>
      `hosts: { h: {} }\nservices:\n${members}groups: { g: { keepRunning: ${keep} } }`;
    expect(fleetOf(text("2")).groups).toMatchObject([{ name: "g", keepRunning: { tag: "count", count: 2 } }]);
    expect(fleetOf(text("3/4")).groups).toMatchObject([
      { name: "g", keepRunning: { tag: "fraction", part: 3, whole: 4 } },
    ]);
    expect(warningsOf(text("3"))).toEqual([expect.stringContaining("none of them can be stopped")]);
  });

  test("unit names follow systemd's grammar, with instances, escapes and a leading hyphen", () => {
    const units = ["getty@tty1.service", "-.service", "a\\\\x2db.service", "x:y_z.service"];
    const text = `hosts: { h: {} }\nservices:\n${units.map((unit) => `  - { host: h, unit: "${unit}" }\n`).join("")}`;
    expect(fleetOf(text).services.map(({ name }) => name)).toEqual(["getty@tty1", "-", "a\\x2db", "x:y_z"]);
  });

  test("anchors, aliases and merge keys are resolved; a service's own key wins", () => {
    const text = `hosts: { h: {} }
services:
  - &first { host: h, unit: a.service, group: g, health: &check { http: "http://192.0.2.1/" } }
  - { <<: *first, unit: b.service }
  - { host: h, unit: c.service, health: { <<: [*check, { failures: 9, http: "http://192.0.2.9/" }], every: 1m } }
`;
    expect(fleetOf(text).services).toMatchObject([
      { id: "h/a", group: "g" },
      { id: "h/b", group: "g", health: { http: "http://192.0.2.1/" } },
      { id: "h/c", group: null, health: { http: "http://192.0.2.1/", failures: 9, everyMs: 60_000 } },
    ]);
  });
});

test("a group that no service is in is warned of", () => {
  const text =
    "hosts: { h: {} }\nservices:\n  - { host: h, unit: a.service, group: validator }\ngroups:\n  validators: {}\n";
  expect(warningsOf(text)).toEqual(["5: no service is in the group `validators`"]);
});
