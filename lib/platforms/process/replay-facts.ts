import type { Observation } from "../../machine/observation";
import { type ProcessFact, processFactSchema } from "./facts";
import { interpret } from "./interpret";
import { type Memory, noMemory } from "./memory";

interface ReplayedObservation {
  readonly service: string;
  readonly observation: Observation;
}

/** The fact that a line of a `.facts.jsonl` file tells, or `null` if the line is none. */
export function readProcessFact(line: string): ProcessFact | null {
  try {
    return processFactSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    // Not JSON at all: the same answer.
    return null;
  }
}

/**
 * Tells the observations of a facts file again, service by service as the lines come, by the very
 * interpretation that the supervisor uses. Blank lines are passed over. Throws an Error that names
 * the line where one is no process fact.
 */
export function* replayProcessFacts(lines: Iterable<string>): Generator<ReplayedObservation> {
  const memories = new Map<string, Memory>();
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const fact = readProcessFact(line);
    if (fact === null) throw new Error(`line ${number} is not a fact of the process supervisor`);
    const { memory, observations } = interpret(memories.get(fact.service) ?? noMemory, fact);
    memories.set(fact.service, memory);
    for (const observation of observations) yield { service: fact.service, observation };
  }
}
