import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Alert } from "@/lib/wire/alert";
import type { Thrash } from "@/lib/wire/insight";
import { alertSpans, linesOf } from "./alert-spans";
import { sayShare, saySharing, sharesOf } from "./shares";
import { bucketMsOf, causesIn, thrashBars, thresholdOf } from "./thrash-bars";
import { timeTicks } from "./time-ticks";
import { sayBand, sayTimeline } from "./time-words";
import { isUnusual, sayUsual } from "./usual";

const hour = 3_600_000;
const day = 24 * hour;
const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Europe/Vienna";
});
afterAll(() => {
  process.env.TZ = zone;
});

describe("the axis", () => {
  const from = Date.parse("2026-11-27T20:30:00Z");
  test("has round hours of the reader's own zone, and says where a day begins", () => {
    const ticks = timeTicks({ from, to: from + 12 * hour }, 1_000);
    expect(ticks.map(({ word }) => word)).toEqual([
      "22:00",
      "23:00",
      "28 Nov",
      "01:00",
      "02:00",
      "03:00",
      "04:00",
      "05:00",
      "06:00",
      "07:00",
      "08:00",
      "09:00",
    ]);
    expect(ticks.filter(({ isStrong }) => isStrong).map(({ word }) => word)).toEqual(["28 Nov"]);
  });

  test("says seconds of a minute, and months of a year", () => {
    expect(timeTicks({ from, to: from + 60_000 }, 600)[1]?.word).toBe("21:30:15");
    const year = timeTicks({ from, to: from + 365 * day }, 1_000).map(({ word }) => word);
    expect(year.slice(0, 3)).toEqual(["Dec", "2027", "Feb"]);
  });

  test("goes over a change of the clocks by the wall's hours", () => {
    const night = Date.parse("2026-10-24T22:00:00Z");
    const words = timeTicks({ from: night, to: night + 25 * hour }, 800).map(({ word }) => word);
    expect(words).toContain("12:00");
    expect(words).not.toContain("11:00");
  });

  test.each([300, 600, 1_400])("keeps its words apart at %d px", (width) => {
    for (const length of [60_000, hour, 6 * hour, day, 7 * day, 30 * day, 90 * day, 365 * day])
      expect(timeTicks({ from, to: from + length }, width).length).toBeLessThan(width / 44);
  });
});

const bucket = (at: string, causes: Thrash["buckets"][number]["causes"], unintended: number) => ({
  at,
  transitions: Object.values(causes).reduce((sum, count) => sum + count, 0),
  unintended,
  causes,
});
const thrash: Thrash = {
  score: 12,
  level: "none",
  since: null,
  why: "It is steady.",
  startLimit: null,
  bucketMs: 600_000,
  buckets: [
    bucket("2026-11-28T08:00:00.000000Z", { service: 3, operator: 2 }, 3),
    bucket("2026-11-28T08:10:00.000000Z", {}, 0),
    bucket("2026-11-28T08:20:00.000000Z", { unknown: 1 }, 1),
  ],
  thresholds: {
    crashLoop: { errors: 3, withinMs: 600_000 },
    slowLoop: { errors: 5, withinMs: day },
    flapping: { high: 30, low: 20 },
  },
};

describe("the thrash chart", () => {
  test("stacks causes always in the same order, without a hole", () => {
    const [first, second, ...rest] = thrashBars(thrash);
    expect(rest).toEqual([]);
    expect(first?.parts).toEqual([
      { cause: "operator", count: 2, below: 0 },
      { cause: "service", count: 3, below: 2 },
    ]);
    expect(first?.unintended).toBe(3);
    expect(second?.from).toBe(Date.parse("2026-11-28T08:20:00Z"));
    expect(causesIn(thrashBars(thrash))).toEqual(["operator", "service", "unknown"]);
  });

  test("draws the rule that one bucket alone can fulfil, and none where a bucket is longer than each", () => {
    expect(thresholdOf(thrash)).toEqual({ count: 3, words: "crash loop: 3 in 10 min" });
    expect(thresholdOf({ ...thrash, bucketMs: hour })).toEqual({ count: 5, words: "slow loop: 5 in 24 h" });
    expect(thresholdOf({ ...thrash, bucketMs: 7 * day })).toBeNull();
  });

  test("has as many bars as can be told apart", () => {
    for (const ms of [60_000, hour, 6 * hour, day, 7 * day, 30 * day, 90 * day, 365 * day])
      for (const width of [320, 900])
        expect(ms / bucketMsOf({ tag: "back", ms }, width)).toBeLessThanOrEqual(
          Math.max(40, Math.min(170, width / 5)) + 0.3 * 40,
        );
    expect(bucketMsOf({ tag: "back", ms: day }, 900)).toBe(600_000);
  });
});

function alert(since: string, firedAt: string, resolvedAt: string | null): Alert {
  return {
    id: since,
    rule: "error",
    severity: "critical",
    status: resolvedAt === null ? "firing" : "resolved",
    host: "here",
    service: "here/web",
    group: null,
    since: `2026-11-28T${since}Z`,
    firedAt: `2026-11-28T${firedAt}Z`,
    resolvedAt: resolvedAt === null ? null : `2026-11-28T${resolvedAt}Z`,
    resolvedBecause: null,
    summary: "",
    why: "",
    todo: "",
    acknowledged: null,
    silencedBy: null,
  };
}

test("alerts that overlap stand below each other, the others in one line; what lies outside is left out", () => {
  const at = (time: string) => Date.parse(`2026-11-28T${time}Z`);
  const alerts = [
    alert("09:00:00", "09:05:00", null),
    alert("08:00:00", "08:05:00", "08:20:00"),
    alert("08:10:00", "08:15:00", "08:40:00"),
    alert("06:00:00", "06:05:00", "06:20:00"),
  ];
  const spans = alertSpans(alerts, { from: at("07:00:00"), to: at("10:00:00") }, at("10:00:00"));
  expect(spans.map(({ line }) => line)).toEqual([0, 1, 0]);
  expect(spans.at(-1)).toMatchObject({ to: at("10:00:00"), isOver: false });
  expect(linesOf(spans)).toBe(2);
  expect(linesOf([])).toBe(1);
});

describe("shares", () => {
  const sums = {
    from: "",
    to: "",
    services: 1,
    states: {
      Running: { ms: 900, entries: 1, longestMs: null, typicalMs: null },
      Error: { ms: 50, entries: 2, longestMs: 40, typicalMs: 25 },
    },
    notObservedMs: 50,
  };
  test("add up to the span, in the order of the lamps, with what was not observed last", () => {
    const shares = sharesOf(sums, ["Stopped", "Running"]);
    expect(shares.map(({ state }) => state)).toEqual(["Stopped", "Running", "Error", null]);
    expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(shares[2]).toMatchObject({ entries: 2, longestMs: 40, typicalMs: 25 });
    expect(saySharing(shares)).toBe("Running 90.0 %, Error 5.0 %, not observed 5.0 %.");
  });

  test("all and nothing are said of all and nothing only", () => {
    expect([0, 1e-9, 0.5, 0.999_99, 1].map(sayShare)).toEqual([
      "0 %",
      "< 0.1 %",
      "50.0 %",
      "> 99.9 %",
      "100 %",
    ]);
    expect(saySharing(sharesOf({ ...sums, states: {}, notObservedMs: 0 }))).toBe("Nothing was observed.");
  });
});

describe("in words", () => {
  const from = Date.parse("2026-11-28T08:00:00Z");
  const bands = [
    { from, to: from + hour, state: "Running", moves: 1 },
    { from: from + hour, to: from + hour + 90_000, state: "Error", moves: 1 },
    { from: from + hour + 90_000, to: from + 2 * hour, state: null, moves: 0 },
  ];
  test("a band is told with its state, from, to and length", () => {
    expect(sayBand(bands[1] as (typeof bands)[1])).toBe(
      "Error, 28 Nov 2026 10:00:00 to 10:01:30, 1 min 30 s",
    );
    expect(sayBand({ ...bands[0], state: "Error", moves: 7 } as (typeof bands)[0])).toContain(
      "mostly, with 7 moves",
    );
  });

  test("the timeline is told with what matters of it", () =>
    expect(sayTimeline(bands, { from, to: from + 2 * hour }, 1)).toBe(
      "2 h, 28 Nov 2026 09:00:00 to 11:00:00: 2 moves. In Error for 1 min 30 s in all, entered once. At the end: Not observed.",
    ));
});

describe("how long is usual", () => {
  const stay = { state: "Starting", basis: "history", stays: 40, medianMs: 12_000, p95Ms: 41_000 } as const;
  test("is told from history, else by the specification", () => {
    expect(sayUsual(stay, undefined)).toBe("usually 12 s, 95 % under 41 s");
    expect(
      sayUsual({ ...stay, basis: "specification", medianMs: null, p95Ms: 60_000 }, "10-60 seconds"),
    ).toBe("the specification says 10-60 seconds");
  });

  test("a stay is unusual beyond 95 of 100, and never in a state that is meant to last", () => {
    expect(isUnusual(stay, 41_000)).toBe(false);
    expect(isUnusual(stay, 41_001)).toBe(true);
    expect(isUnusual({ ...stay, state: "Running" }, day)).toBe(false);
  });
});
