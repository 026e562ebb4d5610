import { spanInWords } from "../../clock";
import { causeOf, causeOfExit, outcomeOf } from "./causes";
import { afterwards } from "./interpret-end";
import { idleHealth } from "./interpret-look";
import type { Memory } from "./memory";
import { exitEvidence, type Fact, failureEvidence, keep, move, type Step } from "./step";
import { exitInWords, timesInWords } from "./words";

export function stopBegun(memory: Memory, fact: Fact<"stop-begun">): Step {
  const { trigger, purpose } = fact;
  const asked: Memory = { ...memory, stop: { purpose, trigger, timedOut: null } };
  switch (purpose) {
    case "restart":
      if (memory.state !== "Running") return keep(memory);
      return move(asked, fact, { to: "Restarting", event: "restart", cause: causeOf(trigger, "restarted") });
    case "start-deadline":
      return keep(memory.state === "Starting" ? asked : memory);
    case "reset":
      return keep(memory.state === "Error" ? { ...asked, activity: "ending what still runs" } : memory);
    case "stop":
    case "signalbox-ending":
    case "left-over":
      return stopForGood(memory, asked, fact);
  }
}

function stopForGood(memory: Memory, asked: Memory, fact: Fact<"stop-begun">): Step {
  switch (memory.state) {
    case null:
    case "Starting":
    case "Running":
      return move({ ...asked, activity: null }, fact, {
        to: "Stopping",
        event: "stop",
        cause: causeOf(fact.trigger, "stopped"),
      });
    case "Stopping":
      return keep(memory.stop === null ? asked : memory);
    case "Restarting":
      return keep(asked);
    case "Stopped":
    case "Error":
      return keep({ ...asked, activity: "ending what still runs" });
  }
}

export function stopTimedOut(memory: Memory, fact: Fact<"stop-timed-out">): Step {
  if (memory.stop === null) return keep(memory);
  const { limitMs, hurried } = fact;
  const activity = `killed after ${spanInWords(limitMs)}`;
  return keep({ ...memory, stop: { ...memory.stop, timedOut: { limitMs, hurried } }, activity });
}

/** A stop took back a start of which no process had come yet. */
export function nothingToStop(memory: Memory, fact: Fact<"nothing-to-stop">): Step {
  if (memory.state !== "Stopping") return keep(memory);
  const idle = { ...afterwards(memory), process: { state: "none", detail: "no process" } };
  const cause = memory.stop
    ? outcomeOf(memory.stop.trigger, "stopped", "no process had been started yet")
    : causeOf({ tag: "left-over" }, "stopped");
  return move(idle, fact, { to: "Stopped", event: "stopped successfully", cause });
}

/** A process that was asked to end is judged when all of it is gone (`cleared`); else this is the move. */
export function exited(memory: Memory, fact: Fact<"exited">): Step {
  const outlived = fact.leftOvers.length;
  const ended: Memory = {
    ...memory,
    exit: fact,
    process: { state: "exited", detail: exitInWords(fact) },
    health: { status: "unknown", detail: idleHealth(memory.probed) },
    activity:
      outlived > 0 ? `ending ${timesInWords(outlived, "left-over process", "left-over processes")}` : null,
  };
  if (memory.stop !== null) return keep(ended);
  const succeeded = fact.code === 0;
  switch (memory.state) {
    case "Starting":
      if (succeeded && memory.start?.oneshot)
        return move(ended, fact, {
          to: "Stopped",
          event: "finished",
          cause: { kind: "service", detail: "finished with exit code 0" },
          evidence: exitEvidence(fact),
        });
      return move(ended, fact, {
        to: "Error",
        event: "initialization failed",
        cause: causeOfExit(fact, memory.start?.oneshot ? "" : " before it was ready", memory.start?.trigger),
        evidence: failureEvidence(fact),
      });
    case "Running":
      if (succeeded)
        return move(ended, fact, {
          to: "Stopped",
          event: "exited",
          cause: causeOfExit(fact, " by itself"),
          evidence: exitEvidence(fact),
        });
      return move(ended, fact, {
        to: "Error",
        event: "runtime error",
        cause: causeOfExit(fact),
        evidence: failureEvidence(fact),
      });
    case null:
    case "Stopped":
    case "Stopping":
    case "Error":
    case "Restarting":
      return keep(ended);
  }
}
