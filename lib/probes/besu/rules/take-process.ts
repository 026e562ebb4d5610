import type { Observation } from "../../../machine/observation";
import type { ApplicationMove } from "../../contract";
import { type BesuMemory, freshMemory, hasSpoken } from "./besu-memory";

export interface Taken {
  readonly memory: BesuMemory;
  readonly moves: readonly ApplicationMove[];
}

/**
 * What the platform observed of the process passes on as it is told, but for its Running, which is held
 * until the node has spoken. What was known of one run of the process is forgotten with it.
 */
export function takeProcess(memory: BesuMemory, observation: Observation): Taken {
  if (observation.state === "Running") return comeUp(memory, observation);
  return {
    memory: freshMemory(observation.state, false),
    moves: [{ tag: "process", observation }],
  };
}

function comeUp(memory: BesuMemory, observation: Observation): Taken {
  const { through = [], sourceKey, at } = observation;
  const passed = through.at(-1);
  if (passed === undefined) {
    // It is told again of a process that is known to be up: nothing has begun anew.
    if (memory.isUp) return { memory, moves: [] };
    const startSeen = memory.state === "Starting";
    const fresh = { ...freshMemory(memory.state, true), log: memory.log };
    return { memory: { ...fresh, startSeen, upSince: at, held: observation }, moves: [] };
  }
  // What it passed on the way was seen by the platform, whatever the node says of itself.
  const before: Observation = {
    ...observation,
    state: passed.state,
    event: passed.event,
    through: through.slice(0, -1),
    inferred: true,
    sourceKey: `${sourceKey}#${through.length}`,
  };
  const held: Observation = { ...observation, through: [] };
  return {
    memory: { ...freshMemory(passed.state, true), startSeen: true, upSince: at, held },
    moves: [{ tag: "process", observation: before }],
  };
}

/** The platform's own word for it: of the node only its process is seen. */
export function letGo(memory: BesuMemory): Taken {
  const { held } = memory;
  if (held === null || hasSpoken(memory.state)) return { memory, moves: [] };
  return {
    memory: { ...memory, state: held.state, held: null },
    moves: [{ tag: "process", observation: held }],
  };
}
