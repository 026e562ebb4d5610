import fc from "fast-check";
import { expect, it } from "vitest";
import nagios from "./fixtures/nagios-vectors.json";
import { flapScore, isFlapping } from "./flap-score";

const changesOf = (states: readonly number[]) =>
  states.slice(1).map((state, index) => state !== states[index]);

it.each(nagios.vectors)("Nagios' vector holds: $name", (vector) => {
  const score = flapScore(changesOf(vector.history_oldest_first));
  expect(score).toBeCloseTo(vector.percent, 3);
  expect(isFlapping(score, false)).toBe(vector.verdict_20_30_if_not_flapping_before === "flapping");
  expect(isFlapping(score, true)).toBe(vector.verdict_20_30_if_flapping_before === "flapping");
});

it("is between 0 and 100, and only the newest 20 steps count", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (changes) => {
      const score = flapScore(changes);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100.000001);
      expect(flapScore(changes.slice(-20))).toBe(score);
    }),
  );
});

it("between the thresholds it stays what it was", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 100, noNaN: true }), fc.boolean(), (score, before) => {
      expect(isFlapping(score, before)).toBe(score >= 30 ? true : score <= 20 ? false : before);
    }),
  );
});
