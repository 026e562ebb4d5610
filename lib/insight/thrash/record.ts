import type { CauseKind } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import { isSteady } from "../steady-states";
import { isAutomaticRestart, isExpected, isUnintended, type MoveShape, startLimitWords } from "./unintended";

/** One row of history as far as thrash is concerned, with the cause that is believed now. */
export interface ThrashMove {
  /** Names the move; its cause may be told better later. */
  readonly key: string;
  readonly at: Micros;
  readonly from: string | null;
  readonly to: string;
  readonly event: string | null;
  readonly cause: { readonly kind: CauseKind; readonly detail: string };
}

/** A move that nobody wanted. */
export interface Mark {
  readonly at: Micros;
  readonly what: "error" | "automatic-restart";
  readonly detail: string;
  readonly startLimit: boolean;
}

/** A coming into a steady state; `changed` if it was another before and nobody wanted that. */
export interface Arrival {
  readonly at: Micros;
  readonly changed: boolean;
}

/** What history holds that bears on thrash, oldest first. */
export interface ThrashRecord {
  readonly marks: readonly Mark[];
  readonly arrivals: readonly Arrival[];
  readonly steady: string | null;
  /** A move since the last steady state was wanted. */
  readonly expected: boolean;
  readonly kindBefore: CauseKind | null;
}

export const emptyRecord: ThrashRecord = {
  marks: [],
  arrivals: [],
  steady: null,
  expected: false,
  kindBefore: null,
};

/** How far back moves can still bear on a level: the slow loop's window, and as long for its ending. */
export const rememberedUs = 2 * 24 * 3_600_000_000;
/** Of one service; the newest. */
export const rememberedMoves = 500;
/** More than any limit asks for. */
const keptMarks = 300;
const keptArrivals = 40;

/** The record with one more move, which is not before the last. */
export function addMove(record: ThrashRecord, move: ThrashMove): ThrashRecord {
  const shape = shapeOf(move, record.kindBefore);
  const steady = record.steady ?? (move.from !== null && isSteady(move.from) ? move.from : null);
  const expected = record.expected || isExpected(shape);
  const isArrival = isSteady(move.to);
  const changed = isArrival && steady !== null && isOther(steady, move.to);
  // A failure is one whatever was wanted on the way to it.
  const counts = changed && (move.to === "Error" ? isUnintended(shape) : !expected);
  return {
    marks: isUnintended(shape) ? [...recent(record.marks, move.at), markOf(move)] : record.marks,
    arrivals: isArrival
      ? [...record.arrivals.slice(1 - keptArrivals), { at: move.at, changed: counts }]
      : record.arrivals,
    steady: isArrival ? move.to : steady,
    expected: isArrival ? false : expected,
    kindBefore: move.cause.kind,
  };
}

/** @param moves oldest first. */
export function recordOf(moves: readonly ThrashMove[]): ThrashRecord {
  return moves.reduce(addMove, emptyRecord);
}

function shapeOf(move: ThrashMove, kindBefore: CauseKind | null): MoveShape {
  const { kind, detail } = move.cause;
  return { ...move, kind, automatic: isAutomaticRestart(kind, detail), kindBefore };
}

function markOf({ at, to, cause }: ThrashMove): Mark {
  return {
    at,
    what: to === "Error" ? "error" : "automatic-restart",
    detail: cause.detail,
    startLimit: cause.detail.includes(startLimitWords),
  };
}

function recent(marks: readonly Mark[], at: Micros): readonly Mark[] {
  const first = marks.findIndex((mark) => mark.at > at - rememberedUs);
  return first < 0 ? [] : marks.slice(Math.max(first, marks.length - keptMarks));
}

/** A validator joins and leaves consensus while it runs. */
function isOther(before: string, state: string): boolean {
  const name = (steady: string) => (steady === "Consensus" ? "Running" : steady);
  return name(before) !== name(state);
}
