import type { UnitProperties } from "../unit-facts";

/**
 * What of ActiveState and SubState matters for the machine. SubStates change between systemd's
 * versions (252 has 19, later ones add `auto-restart-queued`, `dead-before-auto-restart`, …), so only
 * the one that ActiveState cannot tell is named; all others fall back to ActiveState.
 */
export type Phase =
  | "active"
  | "activating"
  /** Down, and waiting to be restarted by systemd itself. systemd calls it activating. */
  | "auto-restart"
  | "deactivating"
  | "inactive"
  | "failed"
  | "unknown";

/** Total: what no version has said so far is `unknown`, and moves nothing. */
export function phaseOf({ activeState, subState }: UnitProperties): Phase {
  switch (activeState) {
    case "active":
    case "reloading":
    // systemd ≥ 255, while a mount or a service takes over a new version of itself.
    case "refreshing":
      return "active";
    case "activating":
      return subState?.startsWith("auto-restart") ? "auto-restart" : "activating";
    case "deactivating":
      return "deactivating";
    case "failed":
      return "failed";
    case "inactive":
    case "maintenance":
      return "inactive";
    default:
      return "unknown";
  }
}

/** Result says how the main or a control process ended; ours to judge while it is known. */
export function hasFailed({ result }: UnitProperties): boolean {
  return result !== undefined && result !== "success" && result !== "exec-condition";
}
