import { expect, test } from "vitest";
import type { Usage } from "@/lib/wire/service";
import { formatShare, noReadings, peakShare, sharePath, withReading } from "./usage-trail";

const start = Date.parse("2026-11-23T08:00:00Z");
const reading = (second: number, cpuShare: number | null): Usage => ({
  at: new Date(start + second * 1_000).toISOString(),
  running: true,
  memoryBytes: 1,
  cpuUs: 1,
  cpuShare,
  tasks: 1,
});
const trailOf = (...readings: Usage[]) => readings.reduce(withReading, noReadings);

test("a trail keeps two minutes, and forgets what a clock that was set back makes the future", () => {
  const trail = trailOf(...Array.from({ length: 100 }, (_, index) => reading(index * 2, 0.1)));
  expect(trail).toHaveLength(61);
  expect(withReading(trail, reading(190, 0.2))).toHaveLength(57);
});

test("the line has its newest point at the right, and holes where nothing was counted or read", () => {
  const trail = trailOf(
    reading(0, null),
    reading(60, 0.5),
    reading(62, 1),
    reading(100, 0.25),
    reading(120, 0),
  );
  expect(sharePath(trail, 120, 10)).toBe("M60.0 5.0L62.0 0.0M100.0 7.5M120.0 10.0");
  expect(peakShare(trail)).toBe(1);
  expect(sharePath(noReadings, 120, 10)).toBe("");
  expect(peakShare(trailOf(reading(0, null)))).toBeNull();
});

test("an idle service is not drawn as a busy one", () => {
  expect(sharePath(trailOf(reading(0, 0.01)), 100, 10)).toBe("M100.0 9.0");
});

test.each([
  [0, "0 %"],
  [0.004, "0.4 %"],
  [0.123, "12 %"],
  [2.4, "240 %"],
])("a share of %d is %s", (share, text) => {
  expect(formatShare(share)).toBe(text);
});
