import type { Observation } from "../../machine/observation";
import type { ApplicationMove } from "../../probes/contract";

/** What the rules saw, as an observation of the machine. */
export function observedMove(move: ApplicationMove): Observation {
  if (move.tag === "process") return move.observation;
  const { state, event, at, detail, cause, evidence } = move;
  return {
    state,
    event,
    at,
    observedAt: at,
    bootId: null,
    monotonic: null,
    cause: { kind: cause, detail },
    evidence,
    source: "probe",
    sourceKey: `probe/${state}/${at}`,
  };
}
