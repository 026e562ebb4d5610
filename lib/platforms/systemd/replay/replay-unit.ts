import { interpretUnit, type UnitInterpretation } from "../interpret/interpret";
import { noMemory } from "../interpret/memory";
import type { UnitFact } from "../unit-facts";
import type { UnitCapture } from "./unit-captures";

/**
 * What a capture means, fact by fact, with the ticks in between that a live watch would have sent.
 * The end of the capture settles nothing: only what lies within it is told.
 */
export function* replayUnit(
  { unit, facts, until }: UnitCapture,
  settleMs: number,
): Generator<UnitInterpretation> {
  let memory = noMemory;
  let wakeAt: number | null = null;
  let at = until.at;
  let monotonic = until.monotonic;
  function step(fact: UnitFact): UnitInterpretation {
    const told = interpretUnit(memory, fact, { unit, settleMs });
    memory = told.memory;
    wakeAt = told.wakeAt;
    ({ at, monotonic } = fact.seen);
    return told;
  }
  function* ticksUntil(end: number): Generator<UnitInterpretation> {
    while (wakeAt !== null && wakeAt <= end)
      yield step({ seen: { at: at + (wakeAt - monotonic), monotonic: wakeAt }, tag: "tick" });
  }
  for (const fact of facts) {
    yield* ticksUntil(fact.seen.monotonic);
    yield step(fact);
  }
  yield* ticksUntil(until.monotonic);
}
