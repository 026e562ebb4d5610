import { expect, test } from "vitest";
import { anAlert } from "../live/examples";
import { sayMatcher, standingOf } from "./alert-words";
import { emptySpan, matcherOf, requestOf, scopesOf } from "./expected-draft";

const now = Date.parse("2026-11-23T08:00:00Z");
const matcher = { service: "here/web" };
const draft = { ...emptySpan, why: "the disk is being changed" };

test("a silence from now on is told as a span, so that the server's clock says from when", () => {
  expect(requestOf("silence", matcher, { ...draft, lasting: "30m", why: "  disk " }, now)).toEqual({
    request: { kind: "silence", matcher, why: "disk", forMs: 1_800_000 },
  });
});

test("a maintenance that is to come has both its ends", () => {
  const coming = { ...draft, starts: "2026-11-23T22:00:00Z", lasting: "8h" } as const;
  expect(requestOf("maintenance", matcher, coming, now)).toEqual({
    request: {
      kind: "maintenance",
      matcher,
      why: draft.why,
      startsAt: "2026-11-23T22:00:00.000Z",
      endsAt: "2026-11-24T06:00:00.000Z",
    },
  });
});

test("everything that is wrong is said at once, each at its field", () => {
  const empty = { starts: "", lasting: "until", until: "", why: " " } as const;
  expect(requestOf("silence", null, empty, now)).toEqual({
    problems: {
      what: "Choose what it is about.",
      until: "Give a day and a time.",
      why: "Say why: whoever sees it next asks that first.",
    },
  });
});

test.each([
  ["2026-11-23T07:59:00Z", "", /over already/],
  ["2026-11-23T09:00:00Z", "2026-11-23T10:00:00Z", /before it begins/],
  ["someday", "", /day and a time/],
])("it cannot end at %j after beginning at %j", (until, starts, said) => {
  const answer = requestOf("silence", matcher, { ...draft, lasting: "until", until, starts }, now);
  expect("problems" in answer && answer.problems.until).toMatch(said);
});

test("an alert can be silenced by what it is about, the narrowest first", () => {
  const alert = anAlert({ group: "edge" });
  expect(scopesOf(alert)).toEqual(["service", "group", "host", "rule"]);
  expect(scopesOf(anAlert({ service: null, group: null }))).toEqual(["host", "rule"]);
  expect(scopesOf(anAlert({ service: null, group: "validators" }))).toEqual(["group", "rule"]);
  expect(matcherOf(alert, "service", true)).toEqual({ service: "here/web", rule: "error" });
  expect(matcherOf(alert, "group", false)).toEqual({ group: "edge" });
  expect(matcherOf(alert, "host", false)).toEqual({ host: "here" });
  expect(matcherOf(alert, "rule", false)).toEqual({ rule: "error" });
});

test("a matcher is said in words, and a silence stands as its instants say", () => {
  expect(sayMatcher({ rule: "error", service: "here/odd@a-b" })).toBe("service here/odd@a-b, rule error");
  const silence = {
    id: "s1",
    kind: "silence",
    matcher,
    startsAt: "2026-11-23T07:00:00.000000Z",
    endsAt: "2026-11-23T09:00:00.000000Z",
    why: "",
    createdBy: "",
    createdAt: "2026-11-23T07:00:00.000000Z",
    endedBy: null,
    endedAt: null,
  } as const;
  expect(standingOf(silence, now)).toBe("running");
  expect(standingOf(silence, now - 3_600_001)).toBe("coming");
  expect(standingOf(silence, now + 3_600_000)).toBe("over");
  expect(standingOf({ ...silence, endedAt: silence.startsAt }, now)).toBe("over");
});
