"use client";

import { useId } from "react";
import type { Machine } from "@/lib/machine/types";
import type { Service, Transition } from "@/lib/wire/service";
import type { Operator } from "../commands/use-operator";
import { lampOf } from "../lamp/state-lamps";
import { syncedShare } from "../service/synced-share";
import { DiagramField } from "./diagram-field";
import { DiagramLevers } from "./diagram-levers";
import { describeDiagram } from "./edge-words";
import { markDiagram } from "./marks";

interface StateDiagramProps {
  readonly machine: Machine;
  readonly service: Service;
  /** Newest first. */
  readonly transitions: readonly Transition[];
  readonly operator: Operator;
}

/** The machine, large: where the service is, the way it took here, and where one may send it now. */
export function StateDiagram({ machine, service, transitions, operator }: StateDiagramProps) {
  const description = useId();
  const marks = markDiagram(machine, service, transitions);
  return (
    <figure
      aria-label="State diagram"
      aria-describedby={description}
      data-lamp={lampOf(service.state).slug}
      data-observed={service.contact.status === "live"}
      className="diagram"
    >
      <p id={description} hidden>
        {describeDiagram(machine, service)}
      </p>
      <DiagramField
        machine={machine}
        marks={marks}
        state={service.state}
        share={syncedShare(service)}
        lastMove={transitions[0] ?? null}
        over={(layout) => <DiagramLevers layout={layout} levers={marks.levers} operator={operator} />}
      />
    </figure>
  );
}
