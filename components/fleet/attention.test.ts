import { expect, test } from "vitest";
import { anAlert, aService } from "../live/examples";
import { attentionOf, nothingNeeded } from "./attention";

const inError = aService({ state: "Error" });
const lost = { id: "far", contact: { status: "lost", since: null, reason: null }, facts: null } as const;

test("a service in Error is said at once, and from when its alert fires only once", () => {
  const before = attentionOf([inError], [], [], []);
  expect([before.inError.length, before.firing.length]).toEqual([1, 0]);
  const after = attentionOf([inError], [], [], [anAlert()]);
  expect([after.inError.length, after.firing.length]).toEqual([0, 1]);
});

test("an alert about what went before does not hide that a service is in Error now", () => {
  const before = anAlert({ rule: "health-failing", since: "2026-11-23T07:00:00.000000Z" });
  expect(attentionOf([inError], [], [], [before]).inError).toEqual([inError]);
  expect(attentionOf([inError], [], [], [{ ...before, rule: "thrash" }]).inError).toEqual([]);
});

test("what somebody has, or expects, needs nobody else", () => {
  const taken = anAlert({ status: "acknowledged" });
  expect(nothingNeeded(attentionOf([inError], [], [], [taken]))).toBe(true);
  expect(nothingNeeded(attentionOf([inError], [], [], [anAlert({ status: "silenced" })]))).toBe(true);
});

test("the alert of a lost host stands for the host, that of a service on it does not", () => {
  const ofHost = anAlert({ host: "far", service: null, rule: "contact" });
  expect(attentionOf([], [lost], [], [ofHost]).hostsLost).toEqual([]);
  expect(attentionOf([], [lost], [], [anAlert({ host: "far", service: "far/web" })]).hostsLost).toEqual([
    lost,
  ]);
});
