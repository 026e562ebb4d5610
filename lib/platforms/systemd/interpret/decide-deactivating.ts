import { hasFailed, phaseOf } from "./active-state";
import { causeOfJob, unseen } from "./cause-of-asking";
import { wishOf } from "./jobs";
import { becomeRunning, ranBefore } from "./life";
import type { JobSeen } from "./memory";
import { go, type Plan, pick, type Situation, type Step, stay } from "./situation";
import { mainExitInWords } from "./words";

/** deactivating/*: it is being stopped, is going to be restarted, or is failing. */
export function decideDeactivating(situation: Situation): Plan {
  switch (situation.memory.state) {
    case "Stopping":
    case "Restarting":
      return stay;
    case "Starting":
    case "Running":
      return leave(situation);
    case "Stopped":
    case "Error":
    case null: {
      const at = pick(situation, situation.properties.stateChange);
      return go({
        to: "Stopping",
        event: null,
        at,
        cause: unseen("found stopping; why was not seen"),
        job: 0,
      });
    }
  }
}

function leave(situation: Situation): Plan {
  const { memory, properties } = situation;
  if (ranBefore(situation)) return becomeRunning(situation, !memory.life.activeSeen);
  const job = leavingJob(situation);
  // The deadline of its own start, the watchdog, a crash with clean-up: it goes to failed, not to a stop.
  if (isOwnDoing(situation, job)) return hasFailed(properties) ? stay : go(stopByItself(situation));
  return leaveUnder(situation, job);
}

/**
 * Down, or going down, under a job: a stop or the first half of a restart. What cannot be told yet
 * is held until the job shows it, and counts as a stop if it does not show it in time.
 */
export function leaveUnder(situation: Situation, job: JobSeen): Plan {
  const inferred = !situation.memory.life.deactivatingSeen;
  switch (wishOf(situation.memory, job)) {
    case "restart":
      return go(leaveFor("Restarting", situation, job, inferred));
    case "stop":
      return go(leaveFor("Stopping", situation, job, inferred));
    case "start":
    case "reload":
    case "unknown":
      // Over without a restart having shown: it was a stop.
      if (job.result !== null) return go(leaveFor("Stopping", situation, job, inferred));
      return {
        tag: "hold",
        reason: `leave:${job.id}`,
        step: leaveFor("Stopping", situation, job, inferred),
      };
  }
}

/** The job under which it left; null: none. */
export function leavingJob({ memory }: Situation): JobSeen | null {
  return memory.jobs.find(({ id }) => id === memory.leavingJob) ?? null;
}

/** No job has asked it to end: there is none, or only the one that started or reloads it. */
export function isOwnDoing({ memory, properties }: Situation, job: JobSeen | null): job is null {
  if (job === null) return true;
  const wish = wishOf(memory, job);
  if (wish === "reload") return true;
  const itsStart = wish === "start" || job.id === memory.life.startJob;
  return itsStart && wish !== "restart" && (hasFailed(properties) || phaseOf(properties) === "failed");
}

function leaveFor(
  to: "Stopping" | "Restarting",
  situation: Situation,
  job: JobSeen,
  inferred: boolean,
): Step {
  const { activeExit, activeEnter, stateChange } = situation.properties;
  const wasActive = activeExit && activeEnter && activeExit.monotonic >= activeEnter.monotonic;
  return {
    to,
    // The machine has no restart of what has not started yet (49): it is told as it was seen.
    event: to === "Stopping" ? "stop" : situation.memory.state === "Running" ? "restart" : null,
    at: pick(situation, wasActive ? activeExit : null, stateChange),
    cause: causeOfJob(situation, job, to === "Restarting" ? "restarted" : "stopped"),
    inferred,
    job: job.id,
  };
}

/** It ended by itself and well, and what its unit wants done after that is being done. */
function stopByItself(situation: Situation): Step {
  const { activeExit, stateChange } = situation.properties;
  const exit = mainExitInWords(situation.properties);
  const detail = `${exit === null ? "ended" : exit} by itself; its stop commands run`;
  return {
    to: "Stopping",
    event: "stop",
    at: pick(situation, activeExit, stateChange),
    cause: { kind: "service", detail },
    job: 0,
  };
}
