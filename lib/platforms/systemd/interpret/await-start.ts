import { causeOfJob } from "./cause-of-asking";
import { wishOf } from "./jobs";
import type { JobSeen } from "./memory";
import { isNews, type Plan, pick, type Situation, type Step, stay } from "./situation";

/**
 * A job is there that is to start what is down. Mostly the start follows within milliseconds and is
 * then dated and named by systemd itself; what does not is queued behind other units' jobs, which
 * shows in no property (43): then Starting is told as of the job's first sight.
 */
export function awaitStart(situation: Situation, job: JobSeen): Plan {
  const { memory } = situation;
  switch (wishOf(memory, job)) {
    case "stop":
    case "reload":
      return stay;
    case "start":
    case "restart":
    case "unknown":
      return { tag: "hold", reason: `start:${job.id}`, step: queuedStart(situation, job) };
  }
}

/**
 * Starting, of which nothing is to be seen yet but its job: it has no invocation of its own. Or no
 * more than that the conditions were checked, which has named one.
 */
export function queuedStart(situation: Situation, job: JobSeen): Step {
  const { memory, properties } = situation;
  const { last, life } = memory;
  const { conditionAt, invocation = "" } = properties;
  const named = invocation !== "" && invocation !== life.invocation && isNews(conditionAt, last);
  const firstSeen = { at: job.firstSeenAt, monotonic: null };
  const queuedAt = last !== null && last.at > job.firstSeenAt ? pick(situation) : firstSeen;
  const inError = memory.state === "Error";
  return {
    to: "Starting",
    event: inError ? "restart" : "start",
    at: named ? pick(situation, conditionAt) : queuedAt,
    cause: causeOfJob(situation, job, inError && !job.automatic ? "restarted" : "started"),
    invocation: named ? invocation : "",
    job: job.id,
  };
}
