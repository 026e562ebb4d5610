import { expect, test } from "vitest";
import type { RouteConfig } from "../config/notify-config";
import { channelsFor, type Subject, wantsResolved } from "./route";

const subject: Subject = {
  ...{ rule: "error", severity: "critical", host: "toys", service: "toys/echo" },
  ...{ group: "edge", tags: ["web", "public"], kind: "service" },
};

function route(to: string[], changes: Partial<RouteConfig> = {}): RouteConfig {
  const any = { severity: null, group: null, tag: null, host: null, rule: null, kind: null };
  return { ...any, to, resolved: true, continue: false, ...changes };
}
const channels = ["a", "b", "c"];

test("all that a route asks for has to fit", () => {
  const asked = { rule: "error", host: "toys", group: "edge", tag: "web", kind: "service" } as const;
  expect(channelsFor(subject, [route(["a"], asked)], channels)).toEqual(["a"]);
  for (const key of Object.keys(asked))
    expect(channelsFor(subject, [route(["a"], { ...asked, [key]: "other" })], channels)).toEqual([]);
  const alone = { ...subject, service: null, group: null, tags: [], kind: null };
  for (const key of ["group", "tag", "kind"] as const)
    expect(channelsFor(alone, [route(["a"], { [key]: asked[key] })], channels)).toEqual([]);
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
