import type { Observation } from "../../machine/observation";
import type { ServiceDetail } from "../contract";
import type { ProcessFact } from "./facts";
import { cleared, killFailed } from "./interpret-end";
import { foundLeftOver, foundNothing, opened } from "./interpret-look";
import { givenUp, health, reset, restartCancelled, restartScheduled } from "./interpret-rest";
import { ready, spawned, spawnFailed, startBegun, startTimedOut, waitingFor } from "./interpret-start";
import { exited, nothingToStop, stopBegun, stopTimedOut } from "./interpret-stop";
import { detailOf, type Memory } from "./memory";
import type { Step } from "./step";

interface Interpretation {
  readonly memory: Memory;
  readonly observations: readonly Observation[];
  /** What is shown beside the state; absent if it is as before. */
  readonly detail?: ServiceDetail;
}

/**
 * What a fact means: the state that the service is in now, why, and what shows it. Pure and total:
 * a fact that means nothing where the service is moves nothing. All moves are edges of the base
 * machine, but for those with `event: null`, of which nobody saw how they came about.
 */
export function interpret(memory: Memory, fact: ProcessFact): Interpretation {
  const known = memory.invocation === fact.invocation;
  const step = apply(known ? memory : { ...memory, invocation: fact.invocation, moves: 0 }, fact);
  const detail = detailOf(step.memory);
  const changed = JSON.stringify(detail) !== JSON.stringify(detailOf(memory));
  return { ...step, ...(changed || fact.tag === "opened" ? { detail } : {}) };
}

function apply(memory: Memory, fact: ProcessFact): Step {
  switch (fact.tag) {
    case "opened":
      return opened(memory, fact);
    case "found-nothing":
      return foundNothing(memory, fact);
    case "found-left-over":
      return foundLeftOver(memory, fact);
    case "start-begun":
      return startBegun(memory, fact);
    case "waiting-for":
      return waitingFor(memory, fact);
    case "spawned":
      return spawned(memory, fact);
    case "spawn-failed":
      return spawnFailed(memory, fact);
    case "ready":
      return ready(memory, fact);
    case "start-timed-out":
      return startTimedOut(memory, fact);
    case "stop-begun":
      return stopBegun(memory, fact);
    case "stop-timed-out":
      return stopTimedOut(memory, fact);
    case "nothing-to-stop":
      return nothingToStop(memory, fact);
    case "exited":
      return exited(memory, fact);
    case "cleared":
      return cleared(memory, fact);
    case "kill-failed":
      return killFailed(memory, fact);
    case "restart-scheduled":
      return restartScheduled(memory, fact);
    case "restart-given-up":
      return givenUp(memory, fact);
    case "restart-cancelled":
      return restartCancelled(memory, fact);
    case "reset":
      return reset(memory, fact);
    case "health":
      return health(memory, fact);
  }
}
