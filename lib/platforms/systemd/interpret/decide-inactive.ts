import { awaitStart, queuedStart } from "./await-start";
import { causeOfAsked, causeOfJob, unseen } from "./cause-of-asking";
import { isOwnDoing, leaveUnder, leavingJob } from "./decide-deactivating";
import { endClean } from "./decide-end";
import { concludeStart } from "./decide-start-over";
import { becomeRunning, ranBefore } from "./life";
import type { JobSeen } from "./memory";
import { currentJob, go, newestJob, type Plan, pick, type Situation, stay } from "./situation";

/** inactive (or being cleaned): Stopped, unless a job says that it is only on its way. */
export function decideInactive(situation: Situation): Plan {
  const { memory } = situation;
  const job = currentJob(situation);
  switch (memory.state) {
    case "Running":
      return fromRunning(situation);
    case "Starting":
      return concludeStart(situation, job);
    case "Stopping":
      if (job === null) return endClean(situation);
      // A start that came while it was stopping (50); the stop's own job ends with the stop.
      return job.id === memory.leavingJob ? stay : awaitStart(situation, job);
    case "Restarting":
      return job === null ? endClean(situation) : stay;
    case "Error":
      return job === null ? leaveError(situation) : awaitStart(situation, job);
    case "Stopped":
      return job === null ? skippedStart(situation) : awaitStart(situation, job);
    case null:
      return endClean(situation);
  }
}

/** Straight down: `deactivating` was coalesced away, or there was nothing left to wait for (26). */
function fromRunning(situation: Situation): Plan {
  if (ranBefore(situation)) return becomeRunning(situation);
  const job = leavingJob(situation);
  return isOwnDoing(situation, job) ? endClean(situation) : leaveUnder(situation, job);
}

/** A stop took back an automatic restart (16), or a reset cleared the failure (18), which has no job. */
function leaveError(situation: Situation): Plan {
  const { memory, properties } = situation;
  const at = pick(situation, properties.inactiveEnter, properties.stateChange);
  const asked = memory.asked.findLast(({ event }) => event === "reset");
  const job = newestJob(situation);
  const resetAt = pick(situation, properties.stateChange);
  if (asked)
    return go({
      to: "Stopped",
      event: "reset",
      at: resetAt,
      cause: causeOfAsked(asked.context, "reset"),
      job: job?.id ?? 0,
    });
  if (job !== null)
    return go({
      to: "Stopped",
      event: "stopped",
      at,
      cause: causeOfJob(situation, stopOf(job), "stopped"),
      job: job.id,
    });
  const cause = { kind: "host-operator" as const, detail: "reset by someone on the host (reset-failed)" };
  return go({ to: "Stopped", event: "reset", at: resetAt, cause, job: 0 });
}

/** An automatic restart that is taken back is not its own doing. */
function stopOf(job: JobSeen): JobSeen {
  return { ...job, automatic: false };
}

/** A start that ended where it began: its conditions were not met, or what it needs has failed. */
function skippedStart(situation: Situation): Plan {
  const { memory, properties } = situation;
  const { conditionAt, conditionResult } = properties;
  const checked = conditionAt && conditionAt.monotonic > memory.conditionSeen ? conditionAt : null;
  const job = newestJob(situation);
  const refused = job?.result === "dependency" || job?.result === "assert" || job?.result === "timeout";
  if (!refused && !(checked && conditionResult === false)) return stay;
  if (job === null)
    return go({
      to: "Starting",
      event: "start",
      at: pick(situation, checked),
      cause: unseen("a start was tried; by whom was not seen"),
      inferred: true,
      invocation: "",
      job: 0,
    });
  const step = queuedStart(situation, job);
  return go(checked ? { ...step, at: pick(situation, checked) } : step);
}
