import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, nearest } from "./nearest";

test.each([
  ["", "", 0],
  ["abc", "", 3],
  ["health", "healt", 1],
  ["health", "haelth", 1],
  ["unit", "units", 1],
  ["kitten", "sitting", 3],
])("from %j to %j it is %i edits", (from, to, edits) => {
  expect(editDistance(from, to)).toBe(edits);
});

test("the distance is the same both ways, none only for equal words, and at most the longer word", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(
    fc.property(word, word, (from, to) => {
      const distance = editDistance(from, to);
      expect(distance).toBe(editDistance(to, from));
      expect(distance === 0).toBe(from === to);
      expect(distance).toBeLessThanOrEqual(Math.max(from.length, to.length));
    }),
  );
});

test("the nearest word is named, whatever its case, and none that is far", () => {
  const known = ["host", "health", "unit", "startTimeout"];
  expect(nearest("healt", known)).toBe("health");
  expect(nearest("starttimeout", known)).toBe("startTimeout");
  expect(nearest("colour", known)).toBeNull();
  expect(nearest("x".repeat(100_000), known)).toBeNull();
});
