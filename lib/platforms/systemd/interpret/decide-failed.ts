import { awaitStart, queuedStart } from "./await-start";
import { isOwnDoing, leaveUnder, leavingJob } from "./decide-deactivating";
import { endFailed } from "./decide-end";
import { becomeRunning, ranBefore } from "./life";
import { currentJob, go, isNews, newestJob, type Plan, type Situation, stay } from "./situation";

/** failed: Error, by way of the stop that failed, where there was one. */
export function decideFailed(situation: Situation): Plan {
  const { memory } = situation;
  switch (memory.state) {
    case "Starting":
    case "Running": {
      if (ranBefore(situation)) return becomeRunning(situation, !memory.life.activeSeen);
      const job = leavingJob(situation);
      return isOwnDoing(situation, job) ? endFailed(situation) : leaveUnder(situation, job);
    }
    case "Stopping":
    case "Restarting":
    case null:
      return endFailed(situation);
    case "Error":
    case "Stopped":
      return refusedStart(situation);
  }
}

/**
 * A start that was refused before it had an invocation, such as by the start limit (21): it was
 * tried, so it shows. One given by hand to what is in failure leaves it there, and shows not.
 */
function refusedStart(situation: Situation): Plan {
  const { memory, properties } = situation;
  const job = newestJob(situation);
  const changed = isNews(properties.stateChange, memory.last);
  if (job !== null && changed && (memory.state === "Stopped" || job.automatic))
    return go({ ...queuedStart(situation, job), keyedBy: properties.invocation ?? "" });
  const waiting = currentJob(situation);
  if (waiting !== null) return awaitStart(situation, waiting);
  return memory.state === "Stopped" ? endFailed(situation) : stay;
}
