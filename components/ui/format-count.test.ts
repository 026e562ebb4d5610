import { expect, test } from "vitest";
import { formatCount } from "./format-count";

test.each([
  [0, "0"],
  [999, "999"],
  [12_340, "12,340"],
  [1_234_567_890, "1,234,567,890"],
  [-1_200, "-1,200"],
])("%i is written as %s", (count, said) => {
  expect(formatCount(count)).toBe(said);
});
