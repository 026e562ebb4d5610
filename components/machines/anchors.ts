import type { TransitionDefinition } from "@/lib/machine/types";

/** The anchor of a state in the catalogue: `/machines#besu-Syncing`. A machine's own is its kind. */
export function stateAnchor(kind: string, state: string): string {
  return `${kind}-${state}`;
}

/** The anchor of a transition: `#service-Starting-Error-initialization-failed`. */
export function edgeAnchor(kind: string, { from, to, event }: TransitionDefinition): string {
  return [kind, from, to, ...event.split(/[^\w]+/)].filter(Boolean).join("-");
}
