import { spanInWords } from "../../clock";
import type { Cause } from "../../machine/observation";
import { causeOf, causeOfExit, causeOfFailedStop, causeOfLateStart, outcomeOf } from "./causes";
import { idleHealth } from "./interpret-look";
import type { Exit, Memory, Stop } from "./memory";
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

export function cleared(memory: Memory, fact: Fact<"cleared">): Step {
  const { stop, exit } = memory;
  const idle = afterwards(memory);
  if (stop === null) return keep(idle);
  const failed = stop.timedOut !== null || !endedAsAsked(exit);
  const pid = memory.pid === null ? {} : { pid: memory.pid };
  const failure = { ...pid, ...failureEvidence(exit, fact.leftOvers) };
  switch (memory.state) {
    case "Stopping":
    case "Restarting": {
      if (failed) {
        const cause = causeOfFailedStop(stop, exit);
        return move(idle, fact, { to: "Error", event: "stop failed", cause, evidence: failure });
      }
      if (memory.state === "Restarting" && stop.purpose === "restart") return keep(idle);
      return move(idle, fact, {
        to: "Stopped",
        // The machine has no way from Restarting to Stopped: this restart was given up on the way.
        event: memory.state === "Stopping" ? "stopped successfully" : null,
        cause: causeOfEnd(stop, exit),
        evidence: { ...pid, ...exitEvidence(exit, fact.leftOvers) },
      });
    }
    case "Starting":
      if (stop.purpose !== "start-deadline") return keep(idle);
      return move(idle, fact, {
        to: "Error",
        event: "initialization failed",
        cause: causeOfLateStart(memory),
        evidence: failure,
      });
    case null:
    case "Stopped":
    case "Running":
    case "Error":
      return keep(idle);
  }
}

/** Ended by our own SIGTERM, or with the code that says so, counts as a clean answer to it. */
function endedAsAsked(exit: Pick<Exit, "code" | "signal"> | null): boolean {
  return exit === null || exit.code === 0 || exit.code === 143 || exit.signal === "SIGTERM";
}

function causeOfEnd(stop: Stop, exit: Exit | null): Cause {
  const cause = causeOf(stop.trigger, "stopped");
  return exit === null ? cause : outcomeOf(stop.trigger, "stopped", exitInWords(exit));
}

function afterwards(memory: Memory): Memory {
  const process = memory.exit === null && memory.pid === null ? memory.process : gone(memory);
  return { ...memory, process, stop: null, exit: null, pid: null, startTimedOut: null, activity: null };
}

function gone({ exit, process }: Memory): Memory["process"] {
  return exit === null ? { state: "none", detail: "no process" } : process;
}
