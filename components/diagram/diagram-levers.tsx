"use client";

import type { OperatorEvent } from "@/lib/machine/types";
import { eventWord } from "../commands/event-words";
import type { Operator } from "../commands/use-operator";
import { Icon } from "../ui/icons";
import type { DiagramLayout } from "./layout";

interface DiagramLeversProps {
  readonly layout: DiagramLayout;
  readonly levers: readonly { readonly index: number; readonly event: OperatorEvent }[];
  readonly operator: Operator;
}

/**
 * The legal moves, as buttons on their edges. They are for the pointer: the same levers stand beside
 * the diagram for the keyboard and for screen readers, which would otherwise meet each of them twice.
 */
export function DiagramLevers({ layout, levers, operator }: DiagramLeversProps) {
  return (
    <div aria-hidden="true">
      {levers.map(({ index, event }) => {
        const label = layout.edges.find((edge) => edge.index === index)?.label;
        if (!label || operator.refusal(event) !== null) return null;
        return (
          <button
            key={index}
            type="button"
            tabIndex={-1}
            data-edge={index}
            className="diagram-lever"
            style={{
              left: `${((label.x - layout.x) / layout.width) * 100}%`,
              top: `${((label.y - layout.y) / layout.height) * 100}%`,
            }}
            // The focus stays where it is: this button is not there for whoever follows the focus.
            onPointerDown={(pointer) => pointer.preventDefault()}
            onClick={() => operator.press(event)}
          >
            <Icon name={event} size={12} />
            {eventWord[event]}
          </button>
        );
      })}
    </div>
  );
}
