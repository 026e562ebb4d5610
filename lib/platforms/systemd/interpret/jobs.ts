import type { Seen, UnitProperties } from "../unit-facts";
import { phaseOf } from "./active-state";
import type { AskedFor, JobSeen, UnitMemory } from "./memory";

export type Wish = "start" | "stop" | "restart" | "reload" | "unknown";

const rememberedJobs = 6;

/** A job that is seen for the first time, or again with something more. */
export function seeJob(
  memory: UnitMemory,
  id: number,
  seen: Seen,
  more: Partial<Pick<JobSeen, "type" | "returned" | "together" | "result">> = {},
): UnitMemory {
  if (id === 0) return memory;
  const known = memory.jobs.find((job) => job.id === id);
  const job: JobSeen = { ...(known ?? newJob(memory, id, seen)), ...more };
  const jobs = known ? memory.jobs.map((one) => (one.id === id ? job : one)) : [...memory.jobs, job];
  const automatic = job.automatic && !known ? (memory.properties.nRestarts ?? null) : memory.automatic;
  return claim({ ...memory, jobs: jobs.slice(-rememberedJobs), automatic }, id);
}

function newJob(memory: UnitMemory, id: number, seen: Seen): JobSeen {
  return {
    id,
    firstSeenAt: seen.at + (memory.clockOffsetUs ?? 0),
    cameIn: memory.properties.activeState ?? null,
    type: null,
    returned: false,
    // NRestarts is raised before the job of an automatic restart is made, and for no other job.
    automatic: phaseOf(memory.properties) === "auto-restart" && hasRisen(memory, memory.properties),
    together: [],
    result: null,
  };
}

/** systemd counted another automatic restart since the last move. */
export function hasRisen(memory: UnitMemory, { nRestarts }: UnitProperties): boolean {
  return nRestarts !== undefined && nRestarts > memory.restartsCounted;
}

/** A job that came after a request of ours, before systemd has answered it, is most likely the answer. */
function claim(memory: UnitMemory, id: number): UnitMemory {
  const open = memory.asked.find(({ answered, after }) => !answered && id > after);
  if (!open || isOurs(memory, id) || memory.jobs.find((job) => job.id === id)?.automatic) return memory;
  const asked = memory.asked.map((one) => (one === open ? { ...one, jobs: [...one.jobs, id] } : one));
  return { ...memory, asked };
}

/** What of ours the job belongs to. */
export function askedBy(memory: UnitMemory, job: number): AskedFor | null {
  return (job !== 0 && memory.asked.findLast(({ jobs }) => jobs.includes(job))) || null;
}

function isOurs(memory: UnitMemory, job: number): boolean {
  return askedBy(memory, job) !== null;
}

/**
 * What a job wants of a unit that is going down, or is down. Its type is not reliably readable: a
 * restart is called `restart` while it stops and `start` after that, one that is over has no object
 * any more, and a start that a restart was merged into keeps the id (DOMAIN §1.3.4).
 */
export function wishOf(memory: UnitMemory, job: JobSeen | null): Wish {
  if (job === null) return "unknown";
  const asked = askedBy(memory, job.id);
  if (asked) return asked.event === "reset" ? "stop" : asked.event;
  if (job.automatic) return "start";
  if (job.id === memory.leavingJob && (job.returned || (job.type === "start" && cameUp(job))))
    return "restart";
  switch (job.type) {
    case "restart":
    case "try-restart":
      return "restart";
    case "stop":
      return "stop";
    case "start":
    case "verify-active":
      return "start";
    case "reload":
    case "try-reload":
    case "reload-or-start":
    case "nop":
      return "reload";
    default:
      return "unknown";
  }
}

/** A start of what is up is over at once: the start of such a job is the second half of a restart. */
export function cameUp({ cameIn }: JobSeen): boolean {
  return cameIn === "active" || cameIn === "reloading";
}
