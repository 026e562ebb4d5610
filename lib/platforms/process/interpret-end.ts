import type { Cause } from "../../machine/observation";
import { byManager, causeOf, causeOfFailedStop, causeOfLateStart, outcomeOf } from "./causes";
import type { Exit, Memory, Stop } from "./memory";
import { exitEvidence, type Fact, failureEvidence, keep, move, type Step } from "./step";
import { exitInWords, killFailedInWords } from "./words";

/** All of it is gone: what was asked for is judged now. */
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

/** What was to end still runs: whatever it was said to be, it is in Error, and people have to look. */
export function killFailed(memory: Memory, fact: Fact<"kill-failed">): Step {
  const { stop, exit } = memory;
  const detail = killFailedInWords(fact);
  const idle: Memory = { ...afterwards(memory), process: { state: "not ended", detail } };
  const pid = memory.pid === null ? {} : { pid: memory.pid };
  const evidence = { ...pid, ...failureEvidence(exit, fact.leftOvers), notEnded: fact.notEnded };
  const cause = byManager(detail, stop?.trigger);
  switch (memory.state) {
    case "Stopping":
    case "Restarting":
      return move(idle, fact, { to: "Error", event: "stop failed", cause, evidence });
    case "Starting":
      return move(idle, fact, { to: "Error", event: "initialization failed", cause, evidence });
    // It was taken for stopped; the machine has no word for that having been wrong.
    case "Stopped":
      return move(idle, fact, { to: "Error", event: null, cause, evidence });
    case null:
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

/** What is remembered when what was asked for has come to its end. */
export function afterwards(memory: Memory): Memory {
  const process = memory.exit === null && memory.pid === null ? memory.process : gone(memory);
  return { ...memory, process, stop: null, exit: null, pid: null, startTimedOut: null, activity: null };
}

function gone({ exit, process }: Memory): Memory["process"] {
  return exit === null ? { state: "none", detail: "no process" } : process;
}
