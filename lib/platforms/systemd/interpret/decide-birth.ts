import { phaseOf } from "./active-state";
import { causeOfAutomaticRestart, causeOfJob, unseen } from "./cause-of-asking";
import { askedBy, hasRisen, wishOf } from "./jobs";
import { hasLeftInactive, isKnownLife, mustSettle } from "./life";
import type { JobSeen, Moment } from "./memory";
import { currentJob, follows, go, newestJob, type Plan, pick, type Situation } from "./situation";

/**
 * A new invocation is under way that no move was told of. Null where there is none.
 * What the one before must have gone through on the way is inferred: signals are coalesced, and a
 * restart of milliseconds can show as nothing but another invocation.
 */
export function decideBirth(situation: Situation): Plan | null {
  const { memory, properties } = situation;
  if (isKnownLife(memory, properties) || !hasLeftInactive(properties)) return null;
  switch (memory.state) {
    case "Running":
      return missedEnd(situation) ?? begin(situation, null);
    case "Starting":
      // A start that was told while it was queued had no invocation yet: this is it.
      return memory.life.invocation === "" ? null : (missedEnd(situation) ?? { tag: "renew" });
    case "Stopped":
    case "Stopping":
      return begin(situation, "start");
    case "Error":
      return begin(situation, "restart");
    case "Restarting":
      return begin(situation, "restart initiated");
    case null:
      return null;
  }
}

/** How the life before ended, where nothing but its successor was seen. */
function missedEnd(situation: Situation): Plan | null {
  const { memory, properties } = situation;
  const at = pick(situation, endIfBefore(situation), null);
  const starting = memory.state === "Starting";
  if (hasRisen(memory, properties) || memory.automatic !== null) {
    return go({
      to: "Error",
      event: starting ? "initialization failed" : "runtime error",
      at,
      cause: unseen("it ended and was restarted by systemd; how it ended was over before it could be read"),
      inferred: true,
      job: 0,
    });
  }
  const job = startJobOf(situation);
  // A job that came while it was up has both ended it and started it again.
  const spanned = job !== null && (wishOf(memory, job) === "restart" || cameWhileUp(job));
  if (!spanned) return null;
  return go({
    to: "Restarting",
    event: starting ? null : "restart",
    at,
    cause: causeOfJob(situation, job, "restarted"),
    inferred: true,
    job: job.id,
  });
}

function endIfBefore({ properties }: Situation) {
  const { activeExit, inactiveEnter, inactiveExit } = properties;
  if (follows(inactiveExit, activeExit)) return activeExit;
  return follows(inactiveExit, inactiveEnter) ? inactiveEnter : null;
}

function begin(situation: Situation, event: string | null): Plan {
  const { memory, properties } = situation;
  const job = startJobOf(situation);
  return go({
    to: "Starting",
    event,
    at: startOf(situation),
    cause: causeOfBirth(situation, job, event),
    inferred: !isSeenStarting(situation),
    invocation: properties.invocation ?? memory.life.invocation,
    job: job?.id ?? 0,
  });
}

/** Its first moment; in `auto-restart` InactiveExit is already that of the wait. */
function startOf(situation: Situation): Moment {
  const { inactiveExit, conditionAt, execMainStart } = situation.properties;
  const overwritten = phaseOf(situation.properties) === "auto-restart";
  return pick(situation, overwritten ? null : inactiveExit, conditionAt, execMainStart);
}

/** What the machine calls Starting is what systemd shows now, and not only what it must have shown. */
function isSeenStarting(situation: Situation): boolean {
  const phase = phaseOf(situation.properties);
  return phase === "activating" || (phase === "active" && mustSettle(situation));
}

/** The job that began it: there still, or the newest that came to its end. */
function startJobOf(situation: Situation): JobSeen | null {
  const { memory } = situation;
  const job = currentJob(situation) ?? newestJob(situation) ?? restartOnItsWay(situation);
  if (job === null || job.id === memory.life.startJob) return null;
  return wishOf(memory, job) === "stop" || wishOf(memory, job) === "reload" ? null : job;
}

/** What began the stop in Restarting begins the start as well. */
function restartOnItsWay({ memory }: Situation): JobSeen | null {
  if (memory.state !== "Restarting") return null;
  return memory.jobs.find(({ id }) => id === memory.leavingJob) ?? null;
}

function cameWhileUp({ cameIn }: JobSeen): boolean {
  return cameIn === "active" || cameIn === "activating" || cameIn === "reloading";
}

function causeOfBirth(situation: Situation, job: JobSeen | null, event: string | null) {
  const { memory, properties } = situation;
  if (job !== null && askedBy(memory, job.id) === null && memory.automatic !== null)
    return causeOfAutomaticRestart(properties, memory.automatic);
  // What began a restart has also begun the start in it.
  if (memory.state === "Restarting" && memory.stopCause !== null) return memory.stopCause;
  if (job !== null)
    return causeOfJob(
      situation,
      job,
      event === "restart" && wishOf(memory, job) === "restart" ? "restarted" : "started",
    );
  if (event === null) return unseen("another start of it was found; how the one before ended was not seen");
  return memory.automatic === null
    ? unseen("started; by whom was not seen")
    : causeOfAutomaticRestart(properties, memory.automatic);
}
