import type { OperatorEvent } from "../../machine/types";
import type { UnitProperties } from "./unit-facts";

/**
 * Why a command whose job has ended cannot reach its target any more; null if it has, or still can.
 * The job's own result proves nothing: a stop that failed says `done` too (DOMAIN §1.3, 13).
 */
export function endedShort(event: OperatorEvent, result: string, now: UnitProperties): string | null {
  const { activeState = "", job = 0 } = now;
  if (job !== 0) return result === "canceled" ? resultWords("canceled") : null;
  const up = activeState === "active" || activeState === "reloading" || activeState === "activating";
  switch (event) {
    case "start":
    case "restart":
      if (result === "done" && (up || oneshotIsOver(now))) return null;
      if (result === "done" && now.conditionResult === false)
        return "A condition for its start is not met; systemd skipped it.";
      return up && result === "done" ? null : resultWords(result);
    case "stop":
    case "reset":
      return up ? resultWords(result) : null;
  }
}

/** It has finished and told so by its own states. */
function oneshotIsOver({ type, activeState, result, conditionResult }: UnitProperties): boolean {
  return (
    type === "oneshot" && activeState === "inactive" && result === "success" && conditionResult !== false
  );
}

/** systemd's results of a job (job.c, job_result_table), in words. */
function resultWords(result: string): string {
  switch (result) {
    case "done":
      return "systemd's job is done, but the service did not get there.";
    case "canceled":
      return "The job was canceled on the host, by somebody or by a job that contradicts it.";
    case "timeout":
      return "systemd gave the job up: it took longer than the unit may take.";
    case "failed":
      return "systemd's job failed.";
    case "dependency":
      return "A unit that it needs could not be started.";
    case "skipped":
      return "systemd skipped the job: the unit is not in a state for it.";
    case "assert":
      return "An assertion in its unit file does not hold.";
    case "unsupported":
      return "The host cannot run units of this type.";
    case "collected":
      return "systemd forgot the unit before the job was run.";
    case "once":
      return "The unit may be started only once, and was.";
    default:
      return `systemd's job ended: ${result}.`;
  }
}
