import type { Micros } from "../../machine/types";
import type { ApplicationMove } from "../contract";
import type { TunnelAnswer } from "./answer";
import { type TunnelMemory, upStates } from "./memory";
import { connectionsInWords, wantOf } from "./words";

type ApplicationStep = ApplicationMove & { readonly tag: "application" };

interface Step {
  readonly state: string;
  /** Null: how it came here was not seen. */
  readonly event: string | null;
  readonly cause: "service" | "network" | "unknown";
}

/**
 * Where an answer takes a tunnel whose process is up, by DOMAIN §6 and the specification's "Cloudflare
 * Tunnel States"; null: it stays. That a 200 was seen in this invocation follows from the state.
 * A first sight of a tunnel that is connected is Running: how it came there is not invented.
 */
function stepOf(state: string | null, status: TunnelAnswer["status"]): Step | null {
  const isReady = status === 200;
  switch (state) {
    case "Starting":
      return isReady
        ? { state: "Running", event: "initialized successfully", cause: "service" }
        : { state: "Connecting", event: "connecting", cause: "service" };
    case "Connecting":
      return isReady ? { state: "Connected", event: "connected", cause: "network" } : null;
    case "Connected":
      return isReady ? { state: "Running", event: "ready", cause: "service" } : lost;
    case "Running":
      return isReady ? null : lost;
    case "Reconnecting":
      return isReady ? { state: "Connected", event: "reconnected", cause: "network" } : null;
    default:
      return { state: isReady ? "Running" : "Connecting", event: null, cause: "unknown" };
  }
}

const lost: Step = { state: "Reconnecting", event: "connection lost", cause: "network" };

/** The move that an answer makes of the state in `memory`; null: none. */
export function moveOnAnswer(
  { state, log }: TunnelMemory,
  answer: TunnelAnswer,
  { at, asked }: { readonly at: Micros; readonly asked: string },
): ApplicationStep | null {
  const step = stepOf(state, answer.status);
  if (step === null) return null;
  const { status, ready, connectorId } = answer;
  const trouble = status === 503 && log.trouble !== null ? `; its log: ${log.trouble}` : "";
  return {
    tag: "application",
    ...step,
    at,
    detail: `${detailOf(step.state, ready, wantOf(answer))}${trouble}`,
    evidence: {
      asked,
      status,
      readyConnections: ready,
      ...(connectorId === null ? {} : { connectorId }),
      ...(trouble === "" ? {} : { log: log.trouble }),
    },
  };
}

function detailOf(state: string, ready: number, want: number): string {
  switch (state) {
    case "Connecting":
      return "no connection with the edge is registered yet";
    case "Reconnecting":
      return "no connection with the edge is left";
    default:
      return connectionsInWords(ready, want);
  }
}

/**
 * A process that is up and does not answer yet is starting (DOMAIN §6), whatever history held of it:
 * the move into Starting where nobody saw it start, or null where the state says that it is up.
 */
export function moveOnSilence(
  { state }: TunnelMemory,
  { at, asked, why }: { readonly at: Micros; readonly asked: string; readonly why: string },
): ApplicationStep | null {
  if (state !== null && upStates.has(state)) return null;
  return {
    tag: "application",
    state: "Starting",
    event: null,
    at,
    detail: `its process is up, and it does not answer yet: ${why}`,
    cause: "unknown",
    evidence: { asked, failure: why },
  };
}
