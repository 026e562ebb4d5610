import { endedBefore, type MsSpan, merged } from "./spans";

/** A service's move as it counts: from `countedAt` on the service was in `toState`. */
export interface CountedMove {
  readonly countedAt: number;
  readonly toState: string;
}

/** What is known of one service, as far as it bears on a span. All instants in whole ms. */
export interface KnownHistory {
  /** In order: the last one before the span, those in it, and the first one after it. */
  readonly moves: readonly CountedMove[];
  /** When its host was not seen and nothing recovered it, since the first of the moves. They may overlap. */
  readonly gaps: readonly MsSpan[];
  /** Until when the newest move counts, if none came after it; null: it is not known to have lasted. */
  readonly observedUntil: number | null;
}

/** A stretch of one stay, or of what was not observed (`state: null`). Never empty. */
export interface Piece extends MsSpan {
  readonly state: string | null;
}

/**
 * The span in pieces, in order and without a hole. What lies before the first move, in a gap, or
 * after the host was last seen was not observed, whatever the state was on either side.
 */
export function piecesOf(history: KnownHistory, span: MsSpan): Piece[] {
  const gaps = merged(history.gaps);
  const pieces: Piece[] = [];
  let done = span.from;
  const take = (until: number, state: string | null) => {
    const to = Math.min(until, span.to);
    if (to <= done) return;
    const last = pieces.at(-1);
    // What was not observed is one piece, whatever it was for.
    if (state === null && last?.state === null) pieces[pieces.length - 1] = { ...last, to };
    else pieces.push({ from: done, to, state });
    done = to;
  };
  for (const [index, move] of history.moves.entries()) {
    const until = stayEnd(history, index);
    if (until <= done) continue;
    take(move.countedAt, null);
    for (let n = endedBefore(gaps, done); n < gaps.length; n++) {
      const gap = gaps[n];
      if (!gap || gap.from >= until || done >= span.to) break;
      take(gap.from, move.toState);
      take(Math.min(gap.to, until), null);
    }
    take(until, move.toState);
  }
  take(span.to, null);
  return pieces;
}

/** When the stay that the move at `index` began is over, or was last seen to last. */
export function stayEnd({ moves, observedUntil }: KnownHistory, index: number): number {
  const began = moves[index]?.countedAt ?? 0;
  return moves[index + 1]?.countedAt ?? Math.max(began, observedUntil ?? began);
}
