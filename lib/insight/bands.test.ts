import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bandsOf } from "./bands";
import { anyHistory, anySpan } from "./testing/any-history";

const end = 120;

describe("a timeline", () => {
  it("has no hole, holds every move of the span once, and never more bands than can be drawn", () => {
    fc.assert(
      fc.property(
        anyHistory(end),
        anySpan(-20, end + 40),
        fc.integer({ min: 1, max: 40 }),
        (history, span, finest) => {
          const bands = bandsOf(history, span, finest);
          let done = span.from;
          for (const band of bands) {
            expect(band.from).toBe(done);
            expect(band.to).toBeGreaterThan(band.from);
            done = band.to;
          }
          expect(done).toBe(span.to);
          const moves = history.moves.filter(
            ({ countedAt }) => countedAt >= span.from && countedAt < span.to,
          );
          expect(bands.reduce((sum, band) => sum + band.moves, 0)).toBe(moves.length);
          expect(bands.length).toBeLessThanOrEqual(2 * Math.floor((span.to - span.from) / finest) + 2);
        },
      ),
    );
  });

  it("tells stays that can be drawn to the millisecond, and puts shorter ones together", () => {
    const moves = [
      { countedAt: 0, toState: "Running" },
      { countedAt: 500, toState: "Error" },
      { countedAt: 503, toState: "Stopped" },
      { countedAt: 504, toState: "Starting" },
      { countedAt: 506, toState: "Running" },
    ];
    const gaps = [{ from: 800, to: 900 }];
    const bands = bandsOf({ moves, gaps, observedUntil: 1_000 }, { from: 100, to: 1_000 }, 10);
    expect(bands).toEqual([
      { from: 100, to: 500, state: "Running", moves: 0 },
      { from: 500, to: 506, state: "Error", moves: 3 },
      { from: 506, to: 800, state: "Running", moves: 1 },
      { from: 800, to: 900, state: null, moves: 0 },
      { from: 900, to: 1_000, state: "Running", moves: 0 },
    ]);
  });
});
