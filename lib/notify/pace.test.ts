import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultPace, waitMs } from "./pace";

test("each wait is twice the one before, up to five minutes", () => {
  const waits = [1, 2, 3, 4, 8, 9, 1_000].map((failures) => waitMs(failures, false, defaultPace, 0.5));
  expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 256_000, 300_000, 300_000]);
});

test("what is refused is tried slowly, up to every hour", () => {
  const waits = [1, 2, 5].map((failures) => waitMs(failures, true, defaultPace, 0.5));
  expect(waits).toEqual([300_000, 600_000, 3_600_000]);
});

test("chance moves a wait by a fifth at the most", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      (chance, failures) => {
        const plain = waitMs(failures, false, defaultPace, 0.5);
        const wait = waitMs(failures, false, defaultPace, chance);
        expect(wait).toBeGreaterThanOrEqual(plain * 0.8 - 1);
        expect(wait).toBeLessThanOrEqual(plain * 1.2 + 1);
      },
    ),
  );
});
