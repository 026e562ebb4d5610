import { describe, expect, it } from "vitest";
import { type Expectation, expectationFor, isInForce, matches, nextTurn } from "./silences";

const subject = {
  rule: "error",
  host: "edge",
  service: "edge/web",
  group: "front",
  kind: "service",
  tags: ["public", "web"],
};
const host = { rule: "contact", host: "edge", service: null, group: null, kind: null, tags: [] };

describe("a matcher", () => {
  it.each([
    [{ rule: "error" }, true],
    [{ host: "edge", tag: "web" }, true],
    [{ service: "edge/web", group: "front", kind: "service", tag: "public", rule: "error" }, true],
    [{ service: "edge/other" }, false],
    [{ host: "edge", tag: "db" }, false],
    [{ rule: "error", group: "back" }, false],
    [{ tag: undefined, rule: undefined }, false],
    [{}, false],
  ])("%j fits only if all that it gives fits", (matcher, fits) => {
    expect(matches(matcher, subject)).toBe(fits);
  });

  it("of a host fits the host and what is on it; one of a service fits no host", () => {
    expect(matches({ host: "edge" }, host)).toBe(true);
    expect(matches({ service: "edge/web" }, host)).toBe(false);
    expect(matches({ tag: "web" }, host)).toBe(false);
  });
});

describe("what is expected", () => {
  const silence: Expectation = {
    id: "one",
    kind: "silence",
    matcher: { host: "edge" },
    startsAt: 10,
    endsAt: 20,
    endedAt: null,
  };

  it("holds from its beginning until its end, or until somebody ends it", () => {
    expect([9, 10, 19, 20].map((at) => isInForce(silence, at))).toEqual([false, true, true, false]);
    expect(isInForce({ ...silence, endedAt: 15 }, 15)).toBe(false);
  });

  it("is the one of its kind that lasts longest", () => {
    const longer = { ...silence, id: "two", endsAt: 30 };
    const maintenance = { ...silence, id: "three", kind: "maintenance" as const, endsAt: 90 };
    expect(expectationFor("silence", subject, [silence, longer, maintenance], 12)?.id).toBe("two");
    expect(expectationFor("silence", subject, [silence], 20)).toBeNull();
  });

  it("says when it next turns", () => {
    expect(nextTurn([silence], 5)).toBe(10);
    expect(nextTurn([silence], 10)).toBe(20);
    expect(nextTurn([{ ...silence, endedAt: 12 }], 12)).toBeNull();
  });
});
