import { hasFailed, phaseOf } from "./active-state";
import { unseen } from "./cause-of-asking";
import { wishOf } from "./jobs";
import { settlesIn } from "./life";
import type { UnitState } from "./memory";
import { currentJob, go, isNews, type Plan, pick, type Situation, stay } from "./situation";

/**
 * The first look since the watch began, beside what history says. What the journal could recover
 * was told before; a difference that is left came about unseen, and no event is claimed for it.
 */
export function decideFresh(situation: Situation): Plan {
  const { memory, properties } = situation;
  const found = stateOf(situation);
  if (found === null) return stay;
  const isSame = found === memory.state && !isOfAnotherLife(situation);
  if (!isSame && isOvertaken(situation)) return stay;
  if (found === memory.state) return { tag: "adopt" };
  const detail =
    memory.state === null
      ? `found ${found} when the watch began; how it came to be was not seen`
      : `not seen how: it was ${memory.state} when it was last watched, and was found ${found}`;
  return go({
    to: found,
    event: null,
    at: pick(situation, sinceOf(found, properties)),
    cause: unseen(detail),
    job: 0,
  });
}

/** No answer is under way longer: the host's clock was set back, and the look tells of the host as it is. */
const slowestAnswerUs = 30_000_000;

/** The journal was read after the look and knows more: the signals that came since tell the same. */
function isOvertaken({ memory, properties }: Situation): boolean {
  const { last } = memory;
  const { stateChange } = properties;
  if (last === null || !stateChange) return false;
  const ahead = last.at - stateChange.at;
  return ahead > 0 && ahead < slowestAnswerUs;
}

/** The look found another life of the unit than the one that history told of last. */
function isOfAnotherLife({ memory: { newest }, properties: { invocation = "" } }: Situation): boolean {
  return newest !== "" && invocation !== "" && invocation !== newest;
}

function stateOf(situation: Situation): UnitState | null {
  const { memory, properties } = situation;
  const job = currentJob(situation);
  const wasUp = memory.state === "Running" || memory.state === "Starting" ? memory.state : "Running";
  switch (phaseOf(properties)) {
    case "active":
      // History has seen it settle; the clocks of host and Signalbox need not agree on its age.
      if (memory.state === "Running" && !isNews(properties.activeEnter, memory.last)) return "Running";
      return settlesIn(situation) > 0 ? "Starting" : "Running";
    case "activating":
      return "Starting";
    case "auto-restart":
      return hasFailed(properties) ? "Error" : "Stopped";
    case "deactivating":
      if (wishOf(memory, job) === "restart") return "Restarting";
      return job === null && hasFailed(properties) ? wasUp : "Stopping";
    case "inactive":
      return memory.state === "Starting" && job !== null ? "Starting" : "Stopped";
    case "failed":
      return "Error";
    case "unknown":
      return null;
  }
}

function sinceOf(found: UnitState, properties: Situation["properties"]) {
  const { activeEnter, inactiveEnter, inactiveExit, stateChange } = properties;
  switch (found) {
    case "Running":
      return activeEnter;
    case "Starting":
      return inactiveExit;
    case "Stopped":
    case "Error":
      return inactiveEnter ?? stateChange;
    case "Stopping":
    case "Restarting":
      return stateChange;
  }
}
