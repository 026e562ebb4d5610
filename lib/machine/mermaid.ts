import { type Machine, operatorEvents, type TransitionDefinition } from "./types";

/**
 * The machine as Mermaid text, in the form of the specification's diagram: the initial arrow, then
 * one line per transition in the order of the table.
 */
export function mermaidText(machine: Machine): string {
  return ["stateDiagram-v2", ...edgeOrder(machine).map((edge) => lineOf(machine, edge))].join("\n");
}

/**
 * The edges in the order of the text; `null`, the first, is the initial arrow. Mermaid marks the
 * n-th of them in its drawing with `data-id="edge<n>"`, counted from 0.
 */
export function edgeOrder(machine: Machine): readonly (TransitionDefinition | null)[] {
  return [null, ...machine.transitions];
}

/** The event as the specification writes it: what can be asked for is a call, `start()`. */
export function eventLabel(event: string): string {
  return operatorEvents.some((name) => name === event) ? `${event}()` : event;
}

function lineOf(machine: Machine, edge: TransitionDefinition | null): string {
  return edge === null
    ? `[*] --> ${machine.initial}`
    : `${edge.from} --> ${edge.to}: ${eventLabel(edge.event)}`;
}
