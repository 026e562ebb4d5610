import type { TransitionDefinition } from "../types";

/**
 * What leads out of Running, for a further state in which the process is up just the same: stop,
 * restart, failure, and a clean end by itself. `subject` says in words what is in that state
 * ("a node that is syncing"); `failure` is the event that leads to Error.
 */
export function edgesOfRunning(
  state: string,
  subject: string,
  failure: "runtime error" | "initialization failed" = "runtime error",
): readonly TransitionDefinition[] {
  const from = { from: state, origin: "practical" } as const;
  return [
    {
      ...from,
      to: "Stopping",
      event: "stop",
      by: "operator",
      why: `An operator must be able to stop ${subject}.`,
    },
    {
      ...from,
      to: "Restarting",
      event: "restart",
      by: "operator",
      why: `An operator must be able to restart ${subject}.`,
    },
    { ...from, to: "Error", event: failure, by: "observed", why: `The process of ${subject} can fail.` },
    {
      ...from,
      to: "Stopped",
      event: "exited",
      by: "observed",
      why: `The process of ${subject} can end by itself, cleanly.`,
    },
  ];
}
