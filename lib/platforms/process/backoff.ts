import type { RestartPolicy } from "./process-spec";

const longestDelayMs = 300_000;
const shortestDelayMs = 100;
const provenAfterMs = 60_000;

/** How a process ended without being asked to. */
export interface OwnEnd {
  readonly failed: boolean;
  /** How long it had been Running; 0 if it never was. */
  readonly runningMs: number;
}

type NextRestart =
  | { readonly tag: "none" }
  | { readonly tag: "in"; readonly inMs: number; readonly attempt: number; readonly failures: number }
  | { readonly tag: "given-up"; readonly attempts: number };

/**
 * Whether and when a process starts again by itself. The delay doubles with each failure in a row,
 * up to five minutes; after a minute of Running (or ten delays, if that is longer) failures count
 * anew. A clean end breaks the row. A one-shot that has finished is done, whatever the policy.
 */
export function nextRestart(
  policy: RestartPolicy,
  oneshot: boolean,
  failuresBefore: number,
  end: OwnEnd,
): NextRestart {
  const { on, delayMs, max } = policy;
  if (on === "never" || max === 0) return { tag: "none" };
  if (!end.failed) {
    if (on === "failure" || oneshot) return { tag: "none" };
    return { tag: "in", inMs: Math.max(delayMs, shortestDelayMs), attempt: 1, failures: 0 };
  }
  const proven = end.runningMs >= Math.max(provenAfterMs, 10 * delayMs);
  const attempt = (proven ? 0 : failuresBefore) + 1;
  if (max !== null && attempt > max) return { tag: "given-up", attempts: max };
  const doubled = Math.max(delayMs, shortestDelayMs) * 2 ** Math.min(attempt - 1, 30);
  const inMs = Math.min(doubled, Math.max(longestDelayMs, delayMs));
  return { tag: "in", inMs, attempt, failures: attempt };
}
