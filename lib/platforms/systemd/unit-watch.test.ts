import { expect, test } from "vitest";
import { now } from "../../clock";
import type { Report } from "../contract";
import type { UnitProperties } from "./unit-facts";
import { UnitWatch } from "./unit-watch";

const life = "a".repeat(32);

test("what is taken in late is told as of when it came: a short life has not held meanwhile", () => {
  const { at, monotonic } = now();
  const moment = (ms: number) => ({ at: at + ms * 1000, monotonic: monotonic + ms * 1000 });
  const told: string[] = [];
  const onReport = (report: Report) => {
    if (report.tag === "observation") told.push(`${report.observation.event}>${report.observation.state}`);
  };
  const watch = new UnitWatch({ name: "x", unit: "x.service", kind: "service", settleMs: 1_000 }, onReport);
  const born = -60_000;
  const takeAt = (ms: number, properties: UnitProperties, whole = false) =>
    watch.take({ tag: "properties", whole, properties }, moment(ms));
  const opened = { bootId: "f".repeat(32), clockOffsetUs: 0, state: "Stopped", since: null, keys: [] };
  watch.take({ tag: "opened", ...opened }, moment(born - 1));
  takeAt(born - 1, { type: "simple", activeState: "inactive", subState: "dead", job: 0 }, true);
  const begin = { inactiveExit: moment(born), activeEnter: moment(born), stateChange: moment(born) };
  takeAt(born, { activeState: "active", subState: "running", job: 1, invocation: life, ...begin });
  const end = { activeExit: moment(born + 400), inactiveEnter: moment(born + 400) };
  const failed: UnitProperties = { activeState: "failed", subState: "failed", result: "exit-code", job: 0 };
  takeAt(born + 400, { ...failed, ...end, stateChange: moment(born + 400) });
  expect(told).toEqual(["start>Starting", "initialization failed>Error"]);

  const again = { inactiveExit: moment(born + 500), activeEnter: moment(born + 500), job: 2 };
  const second = { invocation: "b".repeat(32), result: "success", stateChange: moment(born + 500) };
  takeAt(born + 500, { activeState: "active", subState: "running", ...again, ...second });
  takeAt(born + 1_600, { statusText: "it has held for more than a second by now" });
  expect(told.slice(2)).toEqual(["restart>Starting", "initialized successfully>Running"]);
  watch.rest();
});

test("a clock that was set meanwhile dates what comes after it, and what must hold holds as long as before", () => {
  const { at, monotonic } = now();
  const [hourUs, aheadUs] = [3_600_000_000, 5_000_000];
  const told: [string, number][] = [];
  const onReport = (report: Report) => {
    if (report.tag === "observation") told.push([report.observation.state, report.observation.at - at]);
  };
  const watch = new UnitWatch({ name: "x", unit: "x.service", kind: "service", settleMs: 1_000 }, onReport);
  const opened = { bootId: "f".repeat(32), state: "Stopped", since: at - hourUs, keys: [] };
  const seenAt = (ms: number) => ({ at: at + ms * 1000, monotonic: monotonic + ms * 1000 });
  const there = (ms: number) => ({ at: at + aheadUs + ms * 1000, monotonic: monotonic + ms * 1000 });
  watch.take({ tag: "opened", clockOffsetUs: -hourUs, ...opened }, seenAt(-60_000));
  const down: UnitProperties = { type: "simple", activeState: "inactive", subState: "dead", job: 0 };
  watch.take({ tag: "properties", whole: true, properties: down }, seenAt(-60_000));
  watch.take({ tag: "clock", clockOffsetUs: aheadUs }, seenAt(-30_000));
  const up: UnitProperties = { activeState: "active", subState: "running", job: 1, invocation: life };
  const begin = { inactiveExit: there(-10_000), activeEnter: there(-10_000), stateChange: there(-10_000) };
  watch.take({ tag: "properties", whole: false, properties: { ...up, ...begin } }, seenAt(-10_000));
  expect(told).toEqual([["Starting", aheadUs - 10_000_000]]);
  watch.take({ tag: "tick" }, seenAt(-9_100));
  expect(told.length, "it has not held for a second").toBe(1);
  watch.take({ tag: "tick" }, seenAt(-8_900));
  expect(told.slice(1)).toEqual([["Running", expect.any(Number)]]);
  watch.rest();
});
