import type { CauseKind } from "../../machine/observation";

/** What is asked of a move to tell whether anybody wanted it. */
export interface MoveShape {
  readonly from: string | null;
  readonly to: string;
  readonly event: string | null;
  readonly kind: CauseKind;
  /** The service manager started it anew because it had ended. */
  readonly automatic: boolean;
  /** Of the move before it; null where there is none. */
  readonly kindBefore: CauseKind | null;
}

/** How both platforms word the cause of an automatic restart, and of a refusal by the start limit. */
export const automaticRestartWords = "automatic restart";
export const startLimitWords = "the start limit was hit";

export function isAutomaticRestart(kind: CauseKind, detail: string): boolean {
  return kind === "service-manager" && detail.startsWith(automaticRestartWords);
}

/** Somebody did it, through Signalbox or on the host. */
export function isAsked(kind: CauseKind): boolean {
  return kind === "operator" || kind === "host-operator";
}

/**
 * Whether a move counts towards a crash loop: an entry into Error, or an automatic restart, that no
 * operator's command caused (DOMAIN §5). The restart that follows an Error is of the same failure
 * and is not counted again; a stop that was asked for and failed is the stop's failure.
 */
export function isUnintended(move: MoveShape): boolean {
  if (move.to === "Error") return !isAsked(move.kind) && !isFailedStopOfSomebody(move);
  return move.to === "Starting" && move.automatic && move.from !== "Error";
}

function isFailedStopOfSomebody({ from, kindBefore }: MoveShape): boolean {
  if (from !== "Stopping" && from !== "Restarting") return false;
  switch (kindBefore) {
    case "operator":
    case "host-operator":
    case "service-manager":
    case "host":
      return true;
    case "service":
    case "network":
    case "unknown":
    case null:
      return false;
  }
}

/** A clean end that a service comes to by itself, such as a one-shot's. */
const cleanEnds: ReadonlySet<string | null> = new Set(["finished", "skipped", "exited"]);

/**
 * Whether a move on the way from one steady state to the next shows that somebody, the host or a
 * schedule wanted it: then coming there is no flapping.
 */
export function isExpected(move: MoveShape): boolean {
  if (move.to === "Error") return !isUnintended(move);
  switch (move.kind) {
    case "operator":
    case "host-operator":
    case "host":
      return true;
    case "service-manager":
      // Timers, dependencies, autostart, and Signalbox's own end.
      return !move.automatic && ["Starting", "Stopping", "Stopped"].includes(move.to);
    case "service":
    case "network":
    case "unknown":
      return cleanEnds.has(move.event);
  }
}
