import { phaseOf } from "./active-state";
import { cameUp } from "./jobs";
import { hasEnded, hasLeftInactive, isKnownLife, settlesIn } from "./life";
import type { Life, UnitMemory } from "./memory";
import { newestJob, type Situation } from "./situation";

/** What the unit shows now of the life that is being told; no move comes of it. */
export function observeLife(situation: Situation): UnitMemory {
  const { memory } = situation;
  if (memory.fresh) return memory;
  const life = nameLife(situation);
  const named = { ...memory, life };
  if (!isKnownLife(named, situation.properties)) return named;
  return { ...named, life: follow({ ...situation, memory: named }), leavingJob: leavingOf(situation, named) };
}

/** A queued start was told before it had an invocation: this is the one that it waited for. */
function nameLife({ memory, properties }: Situation): Life {
  const { life } = memory;
  const { invocation = "" } = properties;
  const isIt = memory.state === "Starting" && life.invocation === "" && invocation !== life.before;
  return isIt && invocation !== "" && hasLeftInactive(properties) ? { ...life, invocation } : life;
}

function follow(situation: Situation): Life {
  const { memory, properties, seen } = situation;
  const { life } = memory;
  switch (phaseOf(properties)) {
    case "activating":
      return life.activatingSeen ? life : { ...life, activatingSeen: true };
    case "active":
      if (life.settleAt !== null) return life;
      return { ...life, activeSeen: true, settleAt: seen.monotonic + settlesIn(situation) };
    case "deactivating":
      return life.deactivatingSeen ? life : { ...life, deactivatingSeen: true };
    case "auto-restart":
    case "inactive":
    case "failed":
    case "unknown":
      return life;
  }
}

/** Remembers the job that was there when it was first seen going down: that job wants it down. */
function leavingOf(situation: Situation, { state, life, leavingJob }: UnitMemory): number | null {
  const { properties } = situation;
  const up = state === "Running" || (state === "Starting" && life.invocation !== "");
  if (!up || leavingJob !== null) return leavingJob;
  switch (phaseOf(properties)) {
    case "deactivating":
      return properties.job || jobThatIsOver(situation);
    case "inactive":
    case "failed":
      if (state === "Starting" && !hasEnded(properties)) return null;
      return properties.job || jobThatIsOver(situation);
    case "auto-restart":
      return 0;
    case "active":
    case "activating":
    case "unknown":
      return null;
  }
}

/** A stop can be over before the signal of its effect is sent. */
function jobThatIsOver(situation: Situation): number {
  const job = newestJob(situation);
  return job !== null && cameUp(job) ? job.id : 0;
}
