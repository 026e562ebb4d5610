import type { Observation } from "../../machine/observation";
import { type ProcessFact, processFactSchema } from "./facts";
import { interpret } from "./interpret";
import { type Memory, noMemory } from "./memory";

type Replayed =
  | { readonly tag: "observation"; readonly service: string; readonly observation: Observation }
  /** A run of Signalbox begins, and history says that the service is in this state. */
  | { readonly tag: "opened"; readonly service: string; readonly state: string | null };

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
export function* replayProcessFacts(lines: Iterable<string>): Generator<Replayed> {
  const memories = new Map<string, Memory>();
  let number = 0;
  for (const line of lines) {
    number += 1;
    if (line.trim() === "") continue;
    const fact = readProcessFact(line);
    if (fact === null) throw new Error(`line ${number} is not a fact of the process supervisor`);
    const { memory, observations } = interpret(memories.get(fact.service) ?? noMemory, fact);
    memories.set(fact.service, memory);
    const { service } = fact;
    if (fact.tag === "opened") yield { tag: "opened", service, state: fact.state };
    for (const observation of observations) yield { tag: "observation", service, observation };
  }
}
