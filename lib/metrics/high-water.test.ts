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
        expect(marks.hold([{ key: "1 Running", value }])).toEqual([{ key: "1 Running", value: highest }]);
      }
    }),
  );
});

test("a series that is told no more is forgotten: what is remembered grows with the fleet alone", () => {
  const marks = new HighWater();
  marks.hold([{ key: "1 Running", value: 9 }]);
  marks.hold([{ key: "2 Running", value: 1 }]);
  expect(marks.hold([{ key: "1 Running", value: 3 }])).toEqual([{ key: "1 Running", value: 3 }]);
});
