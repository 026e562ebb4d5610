"use client";

import { useId, useMemo } from "react";
import { eventLabel } from "@/lib/machine/mermaid";
import type { Machine } from "@/lib/machine/types";
import { DiagramField } from "./diagram-field";
import { markMachine } from "./marks";

/** A machine by itself, with no service in it. */
export function MachineDiagram({ machine }: { machine: Machine }) {
  const description = useId();
  const marks = useMemo(() => markMachine(machine), [machine]);
  return (
    <figure aria-label={`Diagram of ${machine.kind}`} aria-describedby={description} className="diagram">
      <p id={description} hidden>
        {describeMachine(machine)}
      </p>
      <DiagramField machine={machine} marks={marks} state={null} lastMove={null} />
    </figure>
  );
}

/** The drawing in words, for those who do not see it. */
function describeMachine(machine: Machine): string {
  const moves = machine.transitions.map(({ from, to, event }) => `${from} to ${to} by ${eventLabel(event)}`);
  return `The machine begins in ${machine.initial}. ${moves.join("; ")}.`;
}
