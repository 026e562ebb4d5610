import { describe, expect, it } from "vitest";
import { besu } from "../../machine/kinds/besu";
import { cloudflared } from "../../machine/kinds/cloudflared";
import { service } from "../../machine/kinds/service";
import { serviceRule, wellPicture } from "./examples";
import { afterInWords } from "./limit-words";
import { defaultLimits, ruleOf, rules, serviceRules } from "./table";

const thrash = { errors: 3, withinMs: 600_000 };

it("the specification's four alerts are on by default, with its limits", () => {
  const specified = rules.filter(({ origin }) => origin === "specified");
  expect(specified.map((rule) => [rule.id, afterInWords(rule, defaultLimits, thrash)])).toEqual([
    ["error", "5 min"],
    ["starting", "10 min"],
    ["stopping", "2 min"],
    ["thrash", "3 times within 10 min, 5 times within 1 d, or flapping"],
  ]);
});

it("every rule has an id and a key of its own, says what to do, and is found by its id", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(new Set(rules.map(({ limit }) => limit.key)).size).toBe(rules.length);
  for (const rule of rules) {
    expect(rule.todo).toMatch(/^[A-Z].*\.$/);
    expect(ruleOf(rule.id)).toBe(rule);
  }
});

it("a service that is well meets no condition", () => {
  for (const rule of serviceRules) expect(rule.condition(wellPicture()), rule.id).toBeNull();
});

it("what is switched off is never met", () => {
  const off = Object.fromEntries(Object.keys(defaultLimits).map((key) => [key, null]));
  const picture = wellPicture({ state: "Error", limits: off, usualMs: 1 });
  for (const rule of serviceRules) expect(rule.condition(picture), rule.id).toBeNull();
});

describe("how long a state lasts", () => {
  it.each([
    ["error", "Error", "edge/web has been in Error for 5 min."],
    ["starting", "Starting", "edge/web has been Starting for 10 min."],
    ["stopping", "Stopping", "edge/web has been Stopping for 2 min."],
  ])("%s counts what was seen of %s, and says why it is there", (id, state, summary) => {
    const cause = { kind: "service", detail: "exited with code 5" } as const;
    const picture = wellPicture({ state, since: 7, seenMs: 1_000, cause });
    const condition = serviceRule(id).condition(picture);
    expect(condition).toMatchObject({ since: 7, seenMs: 1_000, summary, why: "Exited with code 5." });
  });

  it("unusual only where it is on, and only where history can speak", () => {
    const starting = { state: "Starting", seenMs: 50_000 };
    const on = { ...defaultLimits, unusual: 0 };
    const { condition } = serviceRule("unusual");
    expect(condition(wellPicture({ ...starting, usualMs: 41_000 }))).toBeNull();
    expect(condition(wellPicture({ ...starting, limits: on }))).toBeNull();
    expect(condition(wellPicture({ limits: on, usualMs: 41_000 }))).toBeNull();
    expect(condition(wellPicture({ ...starting, limits: on, usualMs: 41_000 }))).toMatchObject({
      afterMs: 41_000,
      summary: "edge/web has been Starting for longer than 41 s, which is unusual for it.",
    });
  });
});

it("Syncing is neither stuck in Starting nor unusual, however long it lasts", () => {
  const limits = { ...defaultLimits, unusual: 0 };
  const syncing = { machine: besu, state: "Syncing", seenMs: 86_400_000 * 30, usualMs: 1_000, limits };
  const node = { disagreement: null, idle: null };
  for (const application of [null, { ...node, sync: { detail: "behind", progressAt: 1, seenMs: 599_999 } }])
    for (const rule of serviceRules) {
      const condition = rule.condition(wellPicture({ ...syncing, application }));
      expect(condition === null || condition.seenMs < condition.afterMs, rule.id).toBe(true);
    }
});

it.each([
  [besu, ["Running", "Consensus"]],
  [cloudflared, ["Running"]],
])("of $kind a health that fails or is degraded counts while it does its work", (machine, states) => {
  for (const status of ["failing", "degraded"] as const)
    for (const { name: state } of machine.states) {
      const health = { status, detail: "2 of 4", since: 5, seenMs: 400_000 };
      const condition = serviceRule(`health-${status}`).condition(wellPicture({ machine, state, health }));
      expect(condition !== null, state).toBe(states.includes(state));
    }
});

describe("health", () => {
  const failing = { status: "failing", detail: "answered 500", since: 5, seenMs: 400_000 } as const;

  it("failing and degraded each have their rule", () => {
    expect(serviceRule("health-failing").condition(wellPicture({ health: failing }))).toMatchObject({
      since: 5,
      afterMs: 300_000,
      seenMs: 400_000,
      why: "Answered 500.",
    });
    expect(serviceRule("health-degraded").condition(wellPicture({ health: failing }))).toBeNull();
    const degraded = { ...failing, status: "degraded" as const };
    expect(serviceRule("health-degraded").condition(wellPicture({ health: degraded }))).not.toBeNull();
  });

  it("of a service that does not run says nothing", () => {
    for (const state of ["Error", "Stopped", "Starting", "Stopping"])
      expect(serviceRule("health-failing").condition(wellPicture({ state, health: failing }))).toBeNull();
  });
});

describe("a command that failed", () => {
  const failed = {
    event: "start",
    actor: "anna",
    status: "failed",
    settledAt: 9,
    detail: "Error instead: exited with code 4",
  } as const;
  const { condition } = serviceRule("command-failed");

  it("fires at once, in the words of its fate", () => {
    expect(condition(wellPicture({ state: "Error", failed }))).toMatchObject({
      since: 9,
      afterMs: 0,
      summary: "edge/web: anna's start failed.",
      why: "Error instead: exited with code 4.",
    });
  });

  it("is over when the service is as it was to be, whoever brought it there", () => {
    expect(condition(wellPicture({ state: "Running", failed }))).toBeNull();
    expect(condition(wellPicture({ state: "Running", failed: { ...failed, event: "stop" } }))).not.toBeNull();
    expect(
      condition(wellPicture({ state: service.initial, failed: { ...failed, event: "stop" } })),
    ).toBeNull();
  });
});
