import type { Observation } from "../../machine/observation";
import type { ApplicationMove } from "../contract";
import { noNotes } from "./log-notes";
import type { TunnelMemory } from "./memory";

const rememberedKeys = 8;

export interface Taken {
  readonly memory: TunnelMemory;
  readonly moves: readonly ApplicationMove[];
}

/**
 * What the platform observed of the process. What is not up passes on as it is told, and so does a
 * start; that it is up (the platform's Running) moves nothing: of that the tunnel itself speaks.
 */
export function takeProcess(memory: TunnelMemory, observation: Observation): Taken {
  const { state, at, sourceKey } = observation;
  // Told twice, as by the journal after a signal, it is one move, and has no say in what came after it.
  if (memory.passed.includes(sourceKey)) return { memory, moves: [{ tag: "process", observation }] };
  switch (state) {
    case "Running":
      return comeUp(memory, observation);
    case "Starting": {
      const { fruitless, process } = memory;
      const again = process?.state === "Starting" ? 0 : 1;
      const starts =
        fruitless === null ? { starts: 1, since: at } : { ...fruitless, starts: fruitless.starts + again };
      return pass({ ...forget(memory), process: { state, since: at }, fruitless: starts }, observation);
    }
    default:
      // Only a start that failed is followed by the next of the same row.
      return pass({ ...forget(memory), fruitless: state === "Error" ? memory.fruitless : null }, observation);
  }
}

function comeUp(memory: TunnelMemory, observation: Observation): Taken {
  const { process } = memory;
  if (process?.state === "Running") return { memory, moves: [] };
  const up = { state: "Running", since: observation.at } as const;
  const { through = [], sourceKey } = observation;
  const passed = through.at(-1);
  if (passed === undefined)
    return { memory: { ...(process === null ? forget(memory) : memory), process: up }, moves: [] };
  // What it passed on the way was seen by the platform, whatever the tunnel says of itself.
  const before: Observation = {
    ...observation,
    state: passed.state,
    event: passed.event,
    through: through.slice(0, -1),
    inferred: true,
    sourceKey: `${sourceKey}#${through.length}`,
  };
  return pass({ ...forget(memory), process: up }, before);
}

/** Nothing of one invocation is true of the next, but how many came to nothing. */
function forget(memory: TunnelMemory): TunnelMemory {
  return { ...memory, process: null, answer: null, silence: null, log: noNotes };
}

function pass(memory: TunnelMemory, observation: Observation): Taken {
  const { state, at, sourceKey } = observation;
  const since = memory.state === state ? memory.since : at;
  const passed = [...memory.passed, sourceKey].slice(-rememberedKeys);
  return {
    memory: { ...memory, state, since, passed },
    moves: [{ tag: "process", observation }],
  };
}
