import { phaseOf } from "./active-state";
import { decideBirth } from "./decide-birth";
import { decideDeactivating } from "./decide-deactivating";
import { decideFailed } from "./decide-failed";
import { decideFresh } from "./decide-fresh";
import { decideInactive } from "./decide-inactive";
import { decideActivating, decideActive, decideAutoRestart } from "./decide-up";
import { type Plan, type Situation, stay } from "./situation";

/**
 * The next move that what systemd says makes of what was told so far; one at a time, so that the
 * steps that must lie between come out one by one. The first rule that fits wins.
 */
export function decide(situation: Situation): Plan {
  const { memory, properties } = situation;
  if (properties.activeState === undefined) return stay;
  if (memory.fresh) return decideFresh(situation);
  return decideBirth(situation) ?? decideByPhase(situation);
}

function decideByPhase(situation: Situation): Plan {
  switch (phaseOf(situation.properties)) {
    case "active":
      return decideActive(situation);
    case "activating":
      return decideActivating(situation);
    case "auto-restart":
      return decideAutoRestart(situation);
    case "deactivating":
      return decideDeactivating(situation);
    case "inactive":
      return decideInactive(situation);
    case "failed":
      return decideFailed(situation);
    case "unknown":
      return stay;
  }
}
