import { expect, test } from "vitest";
import { nothingRuns, usageReading } from "./usage-reading";

const read = (atS: number, cpuS: number | null) => ({
  at: atS * 1_000_000,
  memoryBytes: 5_000,
  cpuUs: cpuS === null ? null : cpuS * 1_000_000,
  tasks: 3,
});

test("the processor share is that of one core between two readings", () => {
  expect(usageReading(read(10, 4), read(12, 4.5))).toEqual({
    at: "1970-01-01T00:00:12.000000Z",
    running: true,
    memoryBytes: 5_000,
    cpuUs: 4_500_000,
    cpuShare: 0.25,
    tasks: 3,
  });
  expect(usageReading(read(10, 4), read(12, 8)).cpuShare).toBe(2);
});

test("a share that cannot be known is none: the first, another start's, of a clock set back, not counted", () => {
  expect(usageReading(null, read(12, 4)).cpuShare).toBeNull();
  expect(usageReading(read(10, 4), read(12, 0.1)).cpuShare).toBeNull();
  expect(usageReading(read(10, 4), read(9, 5)).cpuShare).toBeNull();
  expect(usageReading(read(10, null), read(12, 5)).cpuShare).toBeNull();
  expect(usageReading(read(10, 4), read(12, null)).cpuShare).toBeNull();
});

test("of what does not run nothing is counted", () => {
  expect(nothingRuns(0)).toMatchObject({ running: false, memoryBytes: null, tasks: null });
});
