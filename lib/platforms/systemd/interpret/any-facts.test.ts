import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "../../../machine/advance";
import { service } from "../../../machine/kinds/service";
import type { Observation } from "../../../machine/observation";
import type { UnitFact } from "../unit-facts";
import { interpretUnit } from "./interpret";
import { noMemory, type UnitMemory, unitStates } from "./memory";
import { anyFacts } from "./testing/any-facts";

interface Told {
  readonly from: string | null;
  readonly observation: Observation;
  /** Which watch it belongs to: with each opening, history may be another. */
  readonly watch: number;
}

function run(
  sequence: readonly UnitFact[],
  check?: (memory: UnitMemory, wakeAt: number | null, fact: UnitFact) => void,
) {
  let memory = noMemory;
  let watch = 0;
  const told: Told[] = [];
  for (const fact of sequence) {
    if (fact.tag === "opened") watch += 1;
    let from =
      fact.tag === "opened" ? (unitStates.find((state) => state === fact.state) ?? null) : memory.state;
    const result = interpretUnit(memory, fact, { unit: "x.service", settleMs: 1000 });
    for (const observation of result.observations) {
      told.push({ from, observation, watch });
      from = unitStates.find((state) => state === observation.state) ?? null;
    }
    memory = result.memory;
    check?.(memory, result.wakeAt, fact);
  }
  return { memory, told };
}

const runs = { numRuns: 400 };

describe("any sequence of facts", () => {
  it("is interpreted, each move from the state before it to another", () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        for (const { from, observation } of run(sequence).told) expect(observation.state).not.toBe(from);
      }),
      runs,
    );
  });

  it("never goes back in time within one watch", () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const last = new Map<number, number>();
        for (const { observation, watch } of run(sequence).told) {
          expect(observation.at).toBeGreaterThanOrEqual(last.get(watch) ?? 0);
          last.set(watch, observation.at);
        }
      }),
      runs,
    );
  });

  it("claims only events whose edge the machine has, and none where it says that it did not see how", () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        for (const { from, observation } of run(sequence).told) {
          const [move] = advance(service, { state: from, seq: 1 }, observation);
          expect(move?.declared).toBe(from === null || observation.event !== null);
          if (from !== null) expect(move?.event).toBe(observation.event);
        }
      }),
      runs,
    );
  });

  it("gives every move of a boot a key of its own", () => {
    fc.assert(
      fc.property(
        anyFacts.map((sequence) => sequence.filter(({ tag }, index) => tag !== "opened" || index === 0)),
        (sequence) => {
          const keys = run(sequence).told.map(({ observation }) => observation.sourceKey);
          expect(new Set(keys).size).toBe(keys.length);
        },
      ),
      runs,
    );
  });

  it("asks to be woken later, never now or earlier, and waits for nothing for ever", () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        run(sequence, (memory, wakeAt, fact) => {
          if (wakeAt !== null) expect(wakeAt).toBeGreaterThan(fact.seen.monotonic);
          if (wakeAt !== null) expect(wakeAt).toBeLessThanOrEqual(fact.seen.monotonic + 1_000_000);
          if (memory.held !== null && !memory.held.over) expect(wakeAt).not.toBeNull();
        });
      }),
      runs,
    );
  });

  it("is remembered as plain data of bounded size", () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const { memory } = run(sequence);
        expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
        expect(JSON.stringify(memory).length).toBeLessThan(60_000);
      }),
      runs,
    );
  });

  it("told again leaves the state as it was", () => {
    fc.assert(
      fc.property(anyFacts, (sequence) => {
        const { memory } = run(sequence);
        const last = sequence.at(-1);
        if (last?.tag !== "properties") return;
        const again = interpretUnit(memory, last, { unit: "x.service", settleMs: 1000 });
        expect(again.memory.state).toBe(memory.state);
      }),
      runs,
    );
  });
});
