import type { Observation } from "../machine/observation";
import type { Micros } from "../machine/types";
import type { ApplicationMove } from "./contract";

/** What the rules of a kind saw, as an observation of the machine. @param observedAt when we saw it, where that is another instant. */
export function observedMove(move: ApplicationMove, observedAt?: Micros): Observation {
  if (move.tag === "process") return move.observation;
  const { state, event, at, detail, cause, evidence } = move;
  return {
    state,
    event,
    at,
    observedAt: observedAt ?? at,
    bootId: null,
    monotonic: null,
    cause: { kind: cause, detail },
    evidence,
    source: "probe",
    sourceKey: `probe/${at}/${state}`,
  };
}
