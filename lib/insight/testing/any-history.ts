import fc from "fast-check";
import type { CountedMove, KnownHistory } from "../pieces";
import type { MsSpan } from "../spans";

const states = ["Stopped", "Starting", "Running", "Error"];

/** @returns spans within `from` and `to`, also empty ones. */
export function anySpan(from: number, to: number): fc.Arbitrary<MsSpan> {
  return fc
    .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
    .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
}

/** Any history between 0 and `end`: moves that share an instant, gaps that overlap, a host seen until whenever. */
export function anyHistory(end: number): fc.Arbitrary<KnownHistory> {
  const move = fc.record({
    countedAt: fc.integer({ min: 0, max: end }),
    toState: fc.constantFrom(...states),
  });
  return fc.record({
    moves: fc.array(move, { maxLength: 12 }).map(inOrder),
    gaps: fc.array(anySpan(0, end), { maxLength: 5 }),
    observedUntil: fc.option(fc.integer({ min: 0, max: end * 2 })),
  });
}

const inOrder = (moves: CountedMove[]) => [...moves].sort((a, b) => a.countedAt - b.countedAt);

/** What was observed in one ms, straight from the definition; null: nothing was. */
export function stateAt({ moves, gaps, observedUntil }: KnownHistory, ms: number): string | null {
  if (gaps.some(({ from, to }) => ms >= from && ms < to)) return null;
  const index = moves.findLastIndex(({ countedAt }) => countedAt <= ms);
  const newest = index === moves.length - 1;
  if (newest && (observedUntil === null || ms >= observedUntil)) return null;
  return moves[index]?.toState ?? null;
}
