import { expect, test } from "vitest";
import { anAlert, anApplication, aService } from "../live/examples";
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

test("truths that disagree are said from the first moment, and once their alert fires only by that", () => {
  const disagreement = { since: "2026-11-23T08:10:00.000000Z", what: "the tunnel has 0 connections" };
  const tunnel = aService({ application: anApplication({ disagreement }) });
  expect(attentionOf([tunnel], [], [], []).disagreeing).toEqual([tunnel]);
  const fired = anAlert({ rule: "truths-disagree", since: disagreement.since });
  expect(attentionOf([tunnel], [], [], [fired]).disagreeing).toEqual([]);
  const other = anAlert({ rule: "thrash", since: "2026-11-23T08:11:00.000000Z" });
  expect(attentionOf([tunnel], [], [], [other]).disagreeing).toEqual([tunnel]);
});

test("what is not seen now is not said to disagree", () => {
  const disagreement = { since: "2026-11-23T08:10:00.000000Z", what: "the tunnel has 0 connections" };
  const contact = { status: "lost", since: null, reason: null } as const;
  const tunnel = aService({ contact, application: anApplication({ disagreement }) });
  expect(attentionOf([tunnel], [], [], []).disagreeing).toEqual([]);
});
