import { hasFailed } from "./active-state";
import { awaitStart } from "./await-start";
import { causeOfJob, unseen } from "./cause-of-asking";
import { endClean, endFailed } from "./decide-end";
import { wishOf } from "./jobs";
import { becomeRunning, settlesIn } from "./life";
import { currentJob, go, type Plan, pick, type Situation, stay } from "./situation";

/** active, reloading: Running, but for what has yet to settle. */
export function decideActive(situation: Situation): Plan {
  const { memory, properties, seen } = situation;
  switch (memory.state) {
    case "Running":
      return stay;
    case "Starting": {
      const { settleAt } = memory.life;
      const settled = settleAt === null ? settlesIn(situation) <= 0 : seen.monotonic >= settleAt;
      return settled ? becomeRunning(situation) : stay;
    }
    case "Stopped":
    case "Stopping":
    case "Error":
    case "Restarting":
    case null:
      return go({
        to: "Running",
        event: null,
        at: pick(situation, properties.activeEnter, properties.stateChange),
        cause: unseen("found active; how it came to be was not seen"),
        job: 0,
      });
  }
}

/** activating, but for the wait for an automatic restart. */
export function decideActivating(situation: Situation): Plan {
  const { memory, properties } = situation;
  const at = pick(situation, properties.inactiveExit, properties.stateChange);
  const job = currentJob(situation);
  switch (memory.state) {
    case "Starting":
      return stay;
    case "Running":
    case null:
      return go({
        to: "Starting",
        event: null,
        at,
        cause: unseen("found starting; why was not seen"),
        job: 0,
      });
    case "Stopped":
    case "Stopping":
    case "Error":
    case "Restarting": {
      const cause =
        job === null ? unseen("started; by whom was not seen") : causeOfJob(situation, job, "started");
      const event = {
        Stopped: "start",
        Stopping: "start",
        Error: "restart",
        Restarting: "restart initiated",
      };
      return go({ to: "Starting", event: event[memory.state], at, cause, job: job?.id ?? 0 });
    }
  }
}

/**
 * systemd calls the wait before an automatic restart "activating"; nothing runs and nothing starts.
 * After a failure that is Error, after a clean end Stopped, until the job of the restart is there.
 */
export function decideAutoRestart(situation: Situation): Plan {
  const { memory, properties } = situation;
  const job = currentJob(situation);
  const waits = memory.state === (hasFailed(properties) ? "Error" : "Stopped");
  const queued = memory.state === "Starting" && memory.life.invocation === "" && job !== null;
  if (queued) return stay;
  if (!waits) return hasFailed(properties) ? endFailed(situation) : endClean(situation);
  if (job === null || wishOf(memory, job) === "stop") return stay;
  return awaitStart(situation, job);
}
