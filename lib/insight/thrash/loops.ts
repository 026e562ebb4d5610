import type { Micros } from "../../machine/types";
import { seenBetween, type TimeSpan } from "../seen-time";
import type { Mark } from "./record";

/** So many unintended moves within this time are a crash loop; after as long without one it is over. */
export interface LoopLimits {
  readonly errors: number;
  readonly withinMs: number;
}

/** Too slow for a crash loop, and a loop all the same; over when no more than `low` are left. */
export const slowLoop = { errors: 5, withinMs: 24 * 3_600_000, low: 2 } as const;

export interface Loop {
  readonly since: Micros;
  /** Those that make it up, oldest first. */
  readonly marks: readonly Mark[];
}

export interface Loops {
  readonly fast: Loop | null;
  readonly slow: Loop | null;
  /** When there were crash loops, with the one there is: from the first failure until it was quiet. */
  readonly told: readonly TimeSpan[];
}

/** Which loops there are at `at`. Time that was not seen makes nothing quiet. */
export function findLoops(
  marks: readonly Mark[],
  at: Micros,
  limits: LoopLimits,
  gaps: readonly TimeSpan[],
): Loops {
  const { fast, rest, told } = findFast(marks, at, limits, gaps);
  return { fast, slow: findSlow(rest, at), told };
}

/** `rest`: what belongs to no crash loop, and has therefore not been told yet. */
function findFast(marks: readonly Mark[], at: Micros, limits: LoopLimits, gaps: readonly TimeSpan[]) {
  const withinUs = limits.withinMs * 1000;
  const isQuiet = (from: Micros, to: Micros) =>
    to - from >= withinUs && seenBetween(from, to, gaps) >= withinUs;
  let stretch: Mark[] = [];
  let loopFrom = -1;
  const rest: Mark[] = [];
  const told: TimeSpan[] = [];
  const tell = () => {
    const [first, last] = [stretch[loopFrom], stretch.at(-1)];
    if (first && last) told.push({ from: first.at, to: last.at + withinUs });
  };
  const close = () => {
    tell();
    rest.push(...(loopFrom < 0 ? stretch : stretch.slice(0, loopFrom)));
    stretch = [];
    loopFrom = -1;
  };
  for (const mark of marks) {
    const last = stretch.at(-1);
    if (last && loopFrom >= 0 && isQuiet(last.at, mark.at)) close();
    stretch.push(mark);
    if (loopFrom >= 0) continue;
    const first = stretch[stretch.length - limits.errors];
    if (first && mark.at - first.at <= withinUs) loopFrom = stretch.length - limits.errors;
  }
  const last = stretch.at(-1);
  if (last && loopFrom >= 0 && isQuiet(last.at, at)) close();
  tell();
  const loop = loopFrom < 0 ? null : stretch.slice(loopFrom);
  rest.push(...(loop === null ? stretch : stretch.slice(0, loopFrom)));
  return { fast: asLoop(loop), rest, told };
}

function findSlow(marks: readonly Mark[], at: Micros): Loop | null {
  const withinUs = slowLoop.withinMs * 1000;
  let loop: Mark[] | null = null;
  let window: Mark[] = [];
  const lookAt = (now: Micros) => {
    window = window.filter((mark) => now - mark.at < withinUs);
    if (window.length <= slowLoop.low) loop = null;
  };
  for (const mark of marks) {
    lookAt(mark.at);
    window.push(mark);
    if (loop !== null) loop.push(mark);
    else if (window.length >= slowLoop.errors) loop = [...window];
  }
  lookAt(at);
  return asLoop(loop);
}

function asLoop(marks: readonly Mark[] | null): Loop | null {
  const [first] = marks ?? [];
  return marks && first ? { since: first.at, marks } : null;
}

/** In how much time from `at`, in µs, these loops can be over at the earliest; null where there are none. */
export function loopsEndInUs(
  { fast, slow }: Loops,
  at: Micros,
  limits: LoopLimits,
  gaps: readonly TimeSpan[],
): number | null {
  const ends: number[] = [];
  const last = fast?.marks.at(-1);
  if (last) ends.push(limits.withinMs * 1000 - seenBetween(last.at, at, gaps));
  const third = slow?.marks.at(-1 - slowLoop.low);
  if (third) ends.push(third.at + slowLoop.withinMs * 1000 - at);
  return ends.length === 0 ? null : Math.max(1, Math.min(...ends));
}
