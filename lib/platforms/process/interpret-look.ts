import { byManager } from "./causes";
import type { ProcessFact } from "./facts";
import { type Memory, noMemory, type ProcessState, processStates } from "./memory";
import { type Fact, keep, move, type Step } from "./step";
import { timesInWords } from "./words";

/** States of other kinds of machine (Syncing, Connected, …) are what a plain process calls Running. */
function stateFrom(word: string | null): ProcessState | null {
  return word === null ? null : (processStates.find((state) => state === word) ?? "Running");
}

export function opened(memory: Memory, fact: Fact<"opened">): Step {
  const health = { status: "unknown", detail: idleHealth(fact.probed) } as const;
  const { invocation, moves } = memory;
  return keep({ ...noMemory, invocation, moves, state: stateFrom(fact.state), probed: fact.probed, health });
}

export function idleHealth(probed: boolean): string {
  return probed ? "not running" : "no health check configured";
}

export function foundNothing(memory: Memory, fact: Fact<"found-nothing">): Step {
  const to = "Stopped";
  switch (memory.state) {
    case null:
      return firstSeenStopped(memory, fact);
    case "Starting":
    case "Running":
    case "Stopping":
    case "Restarting": {
      const cause = fact.rebooted
        ? ({ kind: "host", detail: "the machine was restarted while Signalbox was not looking" } as const)
        : ({ kind: "unknown", detail: "it ended while Signalbox was not looking" } as const);
      return move(memory, fact, { to, event: null, source: "snapshot", cause });
    }
    case "Stopped":
    case "Error":
      return keep(memory);
  }
}

function firstSeenStopped(memory: Memory, fact: ProcessFact): Step {
  const cause = byManager("first look: no process of it was running");
  return move(memory, fact, { to: "Stopped", event: null, source: "snapshot", cause });
}

/** Where history does not know of the start yet, the start is told too: its record was found. */
export function foundLeftOver(memory: Memory, fact: Fact<"found-left-over">): Step {
  const { begun, processes } = fact;
  const found: Memory = {
    ...memory,
    pid: begun?.pid ?? null,
    process: {
      state: "left over",
      detail: `${timesInWords(processes.length, "process", "processes")} of an earlier run`,
    },
  };
  if (begun === null && memory.state === null) return firstSeenStopped(found, fact);
  const unknownStart = memory.state === null || memory.state === "Stopped" || memory.state === "Error";
  if (begun === null || !unknownStart) return keep(found);
  return move(found, fact, {
    to: "Starting",
    event: memory.state === "Error" ? "restart" : "start",
    cause: byManager("started by an earlier run of Signalbox, which ended before that was recorded"),
    source: "snapshot",
    earlier: begun,
  });
}
