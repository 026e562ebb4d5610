import type { StateDefinition } from "../types";

/** A state of which the specification says one sentence and nothing more ("Additional States"). */
export function describedState(name: string, description: string): StateDefinition {
  return {
    name,
    origin: "specified",
    description,
    characteristics: [],
    entry: [],
    exit: [],
    verification: [],
    recovery: [],
  };
}
