import { type KnownHistory, type Piece, piecesOf } from "./pieces";
import type { MsSpan } from "./spans";

/** A stretch of a timeline. Of what it holds `state` took most of the time; null: it was not observed. */
export interface StateBand extends MsSpan {
  readonly state: string | null;
  /** How many moves lie in it. */
  readonly moves: number;
}

/**
 * A service's states over a span, in order and without a hole. What is shorter than `finestMs` is
 * put together with its short neighbours until it is as long: of `span / finestMs` = n there are at
 * most 2n + 2 bands, however often the service moved.
 */
export function bandsOf(history: KnownHistory, span: MsSpan, finestMs: number): StateBand[] {
  const bands: StateBand[] = [];
  const moves = history.moves.map(({ countedAt }) => countedAt).filter((at) => at >= span.from);
  let told = 0;
  const tell = ({ from, to }: MsSpan, state: string | null) => {
    const before = told;
    while ((moves[told] ?? Number.POSITIVE_INFINITY) < to) told += 1;
    bands.push({ from, to, state, moves: told - before });
  };
  let short: Piece[] = [];
  const flush = () => {
    const [first, last] = [short[0], short.at(-1)];
    if (first && last) tell({ from: first.from, to: last.to }, mostOf(short));
    short = [];
  };
  for (const piece of piecesOf(history, span)) {
    if (piece.to - piece.from >= finestMs) {
      flush();
      tell(piece, piece.state);
      continue;
    }
    short.push(piece);
    if (piece.to - (short[0]?.from ?? piece.from) >= finestMs) flush();
  }
  flush();
  return bands;
}

/** The state that took most of the time; of equal ones the first. */
function mostOf(pieces: readonly Piece[]): string | null {
  const sums = new Map<string | null, number>();
  for (const { state, from, to } of pieces) sums.set(state, (sums.get(state) ?? 0) + to - from);
  const [most] = [...sums].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? null;
}

/** Cells of a grid as bands: what is quiet and in the same state as before goes on. */
export function joined(cells: readonly StateBand[]): StateBand[] {
  const bands: StateBand[] = [];
  for (const cell of cells) {
    const last = bands.at(-1);
    if (last && last.state === cell.state && cell.moves === 0 && last.moves <= 1)
      bands[bands.length - 1] = { ...last, to: cell.to };
    else bands.push(cell);
  }
  return bands;
}
