import type { Cause } from "../../../machine/observation";
import { byManager, withCommandOf } from "./cause-of-asking";
import { leaveUnder, leavingJob } from "./decide-deactivating";
import { endClean } from "./decide-end";
import { wishOf } from "./jobs";
import { becomeRunning, hasEnded, ranBefore } from "./life";
import type { JobSeen } from "./memory";
import { go, type Plan, pick, type Situation, stay } from "./situation";

/** Starting, and systemd has it inactive: not begun yet, over well, skipped, or stopped on the way. */
export function concludeStart(situation: Situation, job: JobSeen | null): Plan {
  const { memory, properties } = situation;
  const begun = memory.life.invocation !== "" && hasEnded(properties);
  if (!begun) return job === null ? neverBegun(situation) : stay;
  if (ranBefore(situation)) return becomeRunning(situation, !memory.life.activeSeen);
  const leaving = leavingJob(situation);
  const itsStart = leaving === null || leaving.id === memory.life.startJob;
  const wish = wishOf(memory, leaving);
  if (leaving !== null && (wish === "restart" || (!itsStart && wish !== "start" && wish !== "reload")))
    return leaveUnder(situation, leaving);
  // Its own start job ends when all of it has; until then the end may be that of a restart.
  if (job !== null && job.id === memory.leavingJob) return stay;
  return properties.result === "exec-condition"
    ? skipped(situation, conditionCause("its ExecCondition= said no"))
    : endClean(situation);
}

/** The job of a queued start is gone and no process was made. */
function neverBegun(situation: Situation): Plan {
  const { memory, properties } = situation;
  const job = memory.jobs.findLast(({ id }) => id === memory.life.startJob);
  switch (job?.result) {
    case "dependency":
      return skipped(situation, byManager("not started: a unit that it requires has failed"));
    case "assert":
      return skipped(situation, byManager("not started: an assertion of it (Assert…=) is not met"));
    case "timeout":
      return skipped(situation, byManager("not started: its job waited for too long (JobTimeoutSec=)"));
  }
  if (properties.conditionResult === false && job?.result !== "canceled")
    return skipped(situation, conditionCause("a condition of it (Condition…=) is not met"));
  const detail =
    job?.result === "canceled"
      ? "the start was taken back before it began"
      : "the start came to nothing; why was not seen";
  const kind = job?.result === "canceled" ? "host-operator" : "unknown";
  const cause = withCommandOf({ kind, detail }, memory.startCause);
  return go({ to: "Stopped", event: null, at: pick(situation, null), cause, job: job?.id ?? 0 });
}

function conditionCause(why: string): Cause {
  return byManager(`not started: ${why}`);
}

function skipped(situation: Situation, cause: Cause): Plan {
  const { memory, properties } = situation;
  const began = memory.life.invocation !== "";
  const { conditionAt, inactiveEnter } = properties;
  return go({
    to: "Stopped",
    event: "skipped",
    at: pick(situation, began ? inactiveEnter : conditionAt),
    cause: withCommandOf(cause, memory.startCause),
    job: memory.life.startJob,
  });
}
