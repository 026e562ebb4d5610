import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KnownHistory, piecesOf } from "./pieces";
import { byDay, dayMs, type MsSpan, merged, msWithin } from "./spans";
import { anyHistory, anySpan, stateAt } from "./testing/any-history";
import { timeInState } from "./time-in-state";

const end = 120;
const span = anySpan(-20, end + 40);

function counted(history: KnownHistory, { from, to }: MsSpan): Map<string | null, number> {
  const sums = new Map<string | null, number>();
  for (let ms = from; ms < to; ms++) {
    const state = stateAt(history, ms);
    sums.set(state, (sums.get(state) ?? 0) + 1);
  }
  return sums;
}

describe("time in state", () => {
  it("is what counting every millisecond gives, and with what was not observed the span exactly", () => {
    fc.assert(
      fc.property(anyHistory(end), span, (history, asked) => {
        const { states, notObservedMs } = timeInState(history, asked);
        const sums = counted(history, asked);
        expect(notObservedMs).toBe(sums.get(null) ?? 0);
        for (const [name, { ms }] of states) expect(ms).toBe(sums.get(name) ?? 0);
        const seen = [...states.values()].reduce((sum, { ms }) => sum + ms, 0);
        expect(seen + notObservedMs).toBe(asked.to - asked.from);
      }),
      { numRuns: 2_000 },
    );
  });

  it("of a span is that of its two halves together, wherever it is cut", () => {
    fc.assert(
      fc.property(anyHistory(end), span, fc.nat(end), (history, asked, cut) => {
        const middle = Math.min(Math.max(cut, asked.from), asked.to);
        const parts = [
          { from: asked.from, to: middle },
          { from: middle, to: asked.to },
        ].map((part) => timeInState(history, part));
        const whole = timeInState(history, asked);
        const together = (read: (times: typeof whole) => number) =>
          parts.reduce((sum, part) => sum + read(part), 0);
        expect(together((part) => part.notObservedMs)).toBe(whole.notObservedMs);
        for (const [name, { ms, entries }] of whole.states) {
          expect(together((part) => part.states.get(name)?.ms ?? 0)).toBe(ms);
          expect(together((part) => part.states.get(name)?.entries ?? 0)).toBe(entries);
        }
      }),
    );
  });

  it("counts entries, also of stays that lasted no millisecond, and measures the stays that ended", () => {
    const moves = [
      { countedAt: 0, toState: "Stopped" },
      { countedAt: 10, toState: "Starting" },
      { countedAt: 10, toState: "Error" },
      { countedAt: 30, toState: "Stopped" },
      { countedAt: 70, toState: "Starting" },
    ];
    const gaps = [{ from: 40, to: 50 }];
    const { states, notObservedMs } = timeInState({ moves, gaps, observedUntil: 90 }, { from: 5, to: 100 });
    expect(notObservedMs).toBe(20);
    expect(Object.fromEntries(states)).toEqual({
      Error: { ms: 20, entries: 1, longestMs: 20, typicalMs: 20 },
      Starting: { ms: 20, entries: 2, longestMs: 0, typicalMs: 0 },
      Stopped: { ms: 35, entries: 1, longestMs: 30, typicalMs: 10 },
    });
  });
});

describe("the pieces of a span", () => {
  it("follow each other without a hole and none is empty", () => {
    fc.assert(
      fc.property(anyHistory(end), span, (history, asked) => {
        let done = asked.from;
        for (const { from, to, state } of piecesOf(history, asked)) {
          expect(from).toBe(done);
          expect(to).toBeGreaterThan(from);
          expect(stateAt(history, from)).toBe(state);
          done = to;
        }
        expect(done).toBe(asked.to);
      }),
    );
  });
});

describe("spans", () => {
  it("that overlap count once", () => {
    fc.assert(
      fc.property(fc.array(anySpan(0, 60)), anySpan(0, 60), (spans, whole) => {
        let covered = 0;
        for (let ms = whole.from; ms < whole.to; ms++)
          if (spans.some(({ from, to }) => ms >= from && ms < to)) covered += 1;
        expect(msWithin(merged(spans), whole)).toBe(covered);
      }),
    );
  });

  it("are cut at midnight in UTC and nowhere else, also where clocks are put forward", () => {
    const from = Date.parse("2026-03-28T12:00:00Z");
    const days = byDay({ from, to: from + 2 * dayMs });
    expect(days.map(({ day }) => new Date(day * dayMs).toISOString().slice(0, 10))).toEqual([
      "2026-03-28",
      "2026-03-29",
      "2026-03-30",
    ]);
    expect(days.map((part) => part.to - part.from)).toEqual([dayMs / 2, dayMs, dayMs / 2]);
    expect(byDay({ from, to: from })).toEqual([]);
  });
});
