import { eventLabel } from "@/lib/machine/mermaid";
import type { Machine, TransitionDefinition } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";

/** An edge in a sentence, with the reason of a practical one. */
export function sayEdge(edge: TransitionDefinition): string {
  const move = `${edge.from} → ${edge.to}: ${eventLabel(edge.event)}`;
  const lines = [move, edge.condition, edge.action, edge.origin === "practical" ? edge.why : undefined];
  return lines.filter((line) => line !== undefined).join("\n");
}

/** The legal moves as sentences: "Stop leads to Stopping". */
export function legalMoves(machine: Machine, service: Service): readonly { event: string; to: string }[] {
  return service.allowed.flatMap((event) => {
    const edge = machine.transitions.find((each) => each.from === service.state && each.event === event);
    return edge === undefined ? [] : [{ event, to: edge.to }];
  });
}

/** What may happen by itself from here: the observed edges out of the current state. */
export function ownMoves(machine: Machine, service: Service): readonly TransitionDefinition[] {
  return machine.transitions.filter((edge) => edge.from === service.state && edge.by === "observed");
}

/** The drawing in words, for those who do not see it. */
export function describeDiagram(machine: Machine, service: Service): string {
  if (service.state === null) return `Not seen yet. The machine begins in ${machine.initial}.`;
  const moves = legalMoves(machine, service).map(({ event, to }) => `${eventLabel(event)} to ${to}`);
  const legal =
    moves.length === 0 ? "No move can be asked for now." : `Legal moves now: ${moves.join(", ")}.`;
  const seen = service.contact.status === "live" ? "" : " It is not observed now.";
  return `The current state is ${service.state}.${seen} ${legal}`;
}
