import { expect, test } from "vitest";
import { formatExactSpan, formatSpan } from "./format-span";

test.each([
  [-5_000, "0 s"],
  [999, "0 s"],
  [12_400, "12 s"],
  [184_000, "3 min 4 s"],
  [180_000, "3 min"],
  [3_600_000 + 4_000, "1 h"],
  [3 * 86_400_000 + 4 * 3_600_000 + 59_000, "3 d 4 h"],
])("a glance at %i ms says %s", (spanMs, said) => {
  expect(formatSpan(spanMs)).toBe(said);
});

test.each([
  [0, "0 ms"],
  [412, "412 ms"],
  [3_290, "3.2 s"],
  [59_999, "59.9 s"],
  [61_000, "1 min 1 s"],
])("a measured span of %i ms is written as %s", (spanMs, said) => {
  expect(formatExactSpan(spanMs)).toBe(said);
});
