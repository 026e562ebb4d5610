import { expect, test } from "vitest";
import { withCount } from "./title-count";

test.each([
  ["Signalbox", 2, "(2) Signalbox"],
  ["(2) Signalbox", 13, "(13) Signalbox"],
  ["(13) History · Signalbox", 0, "History · Signalbox"],
  ["(a) on here · Signalbox", 1, "(1) (a) on here · Signalbox"],
])("the title %j with %i firing alerts is %j", (title, count, shown) => {
  expect(withCount(title, count)).toBe(shown);
});
