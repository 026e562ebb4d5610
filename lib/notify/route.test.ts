import { expect, test } from "vitest";
import type { RouteConfig } from "../config/notify-config";
import { channelsFor, fits, type Subject, wantsResolved } from "./route";

const subject: Subject = {
  ...{ rule: "error", severity: "critical", host: "toys", service: "toys/echo" },
  ...{ group: "edge", tags: ["web", "public"], kind: "service" },
};

function route(to: string[], changes: Partial<RouteConfig> = {}): RouteConfig {
  const any = { severity: null, group: null, tag: null, host: null, rule: null, kind: null };
  return { ...any, to, resolved: true, continue: false, ...changes };
}
const channels = ["a", "b", "c"];

test("all that is wanted has to fit", () => {
  const wanted = {
    rule: "error",
    host: "toys",
    service: "toys/echo",
    group: "edge",
    tag: "web",
    kind: "service",
  };
  expect(fits(wanted, subject)).toBe(true);
  for (const key of Object.keys(wanted)) expect(fits({ ...wanted, [key]: "other" }, subject)).toBe(false);
  expect(fits({ group: "edge" }, { ...subject, group: null })).toBe(false);
});

test("without routes everything goes everywhere", () => {
  expect(channelsFor(subject, [], channels)).toEqual(channels);
});

test("the first route that fits decides, unless it says to go on", () => {
  const first = route(["a"], { severity: ["critical"], continue: true });
  const second = route(["b"], { tag: "web" });
  const third = route(["c"]);
  expect(channelsFor(subject, [first, second, third], channels)).toEqual(["a", "b"]);
  const calm = { ...subject, severity: "info", tags: [] } as const;
  expect(channelsFor(calm, [first, second, third], channels)).toEqual(["c"]);
  expect(channelsFor(calm, [first, second], channels)).toEqual([]);
});

test("the end is told unless every way to the channel leaves it out", () => {
  const silent = route(["a"], { resolved: false, continue: true });
  expect(wantsResolved(subject, [silent], "a")).toBe(false);
  expect(wantsResolved(subject, [silent, route(["a"])], "a")).toBe(true);
  expect(wantsResolved(subject, [silent], "b")).toBe(true);
});
