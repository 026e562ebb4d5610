import fc from "fast-check";
import { expect, test } from "vitest";
import { HighWater } from "./high-water";

test("no series is ever told lower than before, and each rises once its sum has caught up", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (sums) => {
      const marks = new HighWater();
      let highest = 0;
      for (const value of sums) {
        highest = Math.max(highest, value);
        expect(marks.hold((raise) => raise("1 Running", value))).toBe(highest);
      }
    }),
  );
});

test("a series that is told no more is forgotten: what is remembered grows with the fleet alone", () => {
  const marks = new HighWater();
  marks.hold((raise) => raise("1 Running", 9));
  marks.hold((raise) => raise("2 Running", 1));
  expect(marks.hold((raise) => raise("1 Running", 3))).toBe(3);
});
