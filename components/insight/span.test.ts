import { describe, expect, test } from "vitest";
import { broughtToNow, panned, zoomed } from "./move-span";
import {
  askSpan,
  endsOf,
  lastDay,
  lengthOf,
  longestMs,
  presets,
  readSpan,
  type Span,
  writeSpan,
} from "./span";

const now = Date.parse("2026-11-28T08:00:00.000Z");
const hour = 3_600_000;
const back = (ms: number): Span => ({ tag: "back", ms });
const again = (span: Span) => readSpan(writeSpan(span));

describe("a span stands in the address", () => {
  test.each([
    ...presets.map(({ ms }) => back(ms)),
    back(90_000),
    { tag: "fixed", from: now - hour, to: now - 1 },
  ] as Span[])("and is read back as it was: %o", (span) => expect(again(span)).toEqual(span));

  test("the last day needs no words there", () => expect(writeSpan(lastDay).toString()).toBe(""));

  test.each([
    "span=0s",
    "span=-5h",
    "span=100y",
    "span=soon",
    "from=x&to=y",
    "from=2026-11-28&to=2026-11-27",
    "from=1900-01-01&to=2026-01-01",
  ])("what does not fit shows the last day: %s", (address) =>
    expect(readSpan(new URLSearchParams(address))).toEqual(lastDay),
  );
});

test("a span that ends now is asked for without an end", () => {
  expect(Object.fromEntries(askSpan(back(hour), now))).toEqual({ from: "2026-11-28T07:00:00.000Z" });
  expect(askSpan({ tag: "fixed", from: now - hour, to: now - 1_000 }, now).get("to")).toBe(
    "2026-11-28T07:59:59.000Z",
  );
});

describe("zooming", () => {
  test("a span up to now stays up to now", () =>
    expect(zoomed(back(hour), now, 0.5)).toEqual(back(hour / 2)));

  test("what is pointed at keeps its place", () => {
    const at = now - hour;
    const { from, to } = endsOf(zoomed(back(4 * hour), now, 0.5, at), now);
    expect(to - from).toBe(2 * hour);
    expect((at - from) / (to - from)).toBeCloseTo(0.75, 6);
  });

  test("ends at a minute and at a year", () => {
    expect(lengthOf(zoomed(back(hour), now, 0.000_001))).toBe(60_000);
    expect(lengthOf(zoomed(back(hour), now, 1_000_000))).toBe(longestMs);
  });

  test("out beyond now is up to now", () =>
    expect(zoomed({ tag: "fixed", from: now - 2 * hour, to: now - hour }, now, 8).tag).toBe("back"));
});

describe("panning", () => {
  test("keeps the length", () => {
    const moved = panned(back(hour), now, -0.25);
    expect(moved).toEqual({ tag: "fixed", from: now - 1.25 * hour, to: now - 0.25 * hour });
  });

  test("never goes beyond now", () => {
    expect(panned(panned(back(hour), now, -0.25), now, 0.5)).toEqual(back(hour));
    expect(panned(back(hour), now, 1)).toEqual(back(hour));
  });

  test("comes home with the length that it has", () =>
    expect(broughtToNow(panned(back(hour), now, -3))).toEqual(back(hour)));
});
