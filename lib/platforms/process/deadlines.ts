import type { ProcessSpec } from "./process-spec";

/** What ending a process takes beside waiting for it. */
export const slackMs = 5_000;
const longestStartMs = 600_000;

/** Within this a stop has come to its end, well or badly. */
export function stopDeadlineMs({ stopTimeoutMs }: ProcessSpec): number {
  return stopTimeoutMs + slackMs;
}

/** The same of a start: with what still has to end first, and with the service being stopped if it does not come up. */
export function startDeadlineMs(spec: ProcessSpec): number {
  return (spec.startTimeoutMs ?? longestStartMs) + 2 * stopDeadlineMs(spec);
}
