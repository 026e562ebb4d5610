import { unseen, withCommandOf } from "./cause-of-asking";
import { causeOfFailure, causeOfOwnEnd, causeOfStopped } from "./cause-of-end";
import { becomeRunning, ranBefore } from "./life";
import { go, type Plan, pick, type Situation, type Step, stay } from "./situation";

/** Into Error, from wherever it was; dated where systemd had it down. */
export function endFailed(situation: Situation): Plan {
  const { memory, properties } = situation;
  if (ranBefore(situation)) return becomeRunning(situation, !memory.life.activeSeen);
  const at = pick(situation, properties.inactiveEnter, properties.stateChange);
  const job = memory.leavingJob ?? 0;
  switch (memory.state) {
    case "Error":
      return stay;
    case "Starting":
      return go({
        to: "Error",
        event: "initialization failed",
        at,
        cause: causeOfFailure(situation, "start"),
        job,
      });
    case "Running":
      return go({ to: "Error", event: "runtime error", at, cause: causeOfFailure(situation, "run"), job });
    case "Restarting":
      if (wasRefused(situation)) return go(refusedRestart(situation));
      return go({
        to: "Error",
        event: "stop failed",
        at,
        cause: causeOfFailure(situation, "stop"),
        job,
      });
    case "Stopping":
      return go({ to: "Error", event: "stop failed", at, cause: causeOfFailure(situation, "stop"), job });
    case "Stopped":
    case null:
      return go({ to: "Error", event: null, at, cause: causeOfFailure(situation, "run"), job });
  }
}

/** The stop of the restart went well; it is the start after it that systemd refused (40). */
function wasRefused({ properties }: Situation): boolean {
  return properties.result === "start-limit-hit";
}

function refusedRestart(situation: Situation): Step {
  const { memory, properties } = situation;
  return {
    to: "Starting",
    event: "restart initiated",
    at: pick(situation, properties.inactiveEnter, properties.stateChange),
    cause: memory.stopCause ?? unseen("restarted; by whom was not seen"),
    inferred: true,
    invocation: "",
    keyedBy: properties.invocation ?? "",
    job: memory.leavingJob ?? 0,
  };
}

/** Into Stopped, from wherever it was, with no job that would have it otherwise. */
export function endClean(situation: Situation): Plan {
  const { memory, properties } = situation;
  if (ranBefore(situation)) return becomeRunning(situation, !memory.life.activeSeen);
  const at = pick(situation, properties.inactiveEnter, properties.stateChange);
  const job = memory.leavingJob ?? 0;
  switch (memory.state) {
    case "Stopped":
      return stay;
    case "Starting": {
      const cause = withCommandOf(causeOfOwnEnd(situation), memory.startCause);
      return go({ to: "Stopped", event: "finished", at, cause, job });
    }
    case "Running":
      return go({ to: "Stopped", event: "exited", at, cause: causeOfOwnEnd(situation), job });
    case "Stopping":
      return go({ to: "Stopped", event: "stopped successfully", at, cause: causeOfStopped(situation), job });
    case "Restarting": {
      const cause = memory.stopCause ?? unseen("who began the restart was not seen");
      // The machine has no way from Restarting to Stopped: this restart was given up on the way.
      const refused = properties.conditionResult === false;
      const why = refused ? "not started again: a condition of it is not met" : "given up after the stop";
      const detail = `${cause.detail}; ${why}`;
      return go({ to: "Stopped", event: null, at, cause: { ...cause, detail }, job });
    }
    case "Error":
    case null:
      return go({ to: "Stopped", event: null, at, cause: unseen("found stopped; why was not seen"), job });
  }
}
