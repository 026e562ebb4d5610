"use client";

import { operatorEvents } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { eventWord } from "./event-words";
import type { Operator } from "./use-operator";

/**
 * The four levers of a row, each always in its place. On a narrow screen only what can be pulled is
 * shown: the rest would take the room of the name.
 */
export function RowLevers({ service, operator }: { service: Service; operator: Operator }) {
  return (
    <div className="flex items-center gap-1">
      {operatorEvents.map((event) => {
        const refusal = operator.refusal(event);
        return (
          <Button
            key={event}
            size="square"
            look={refusal === null ? "plain" : "quiet"}
            refusal={refusal}
            inRow
            tip={`${eventWord[event]} ${service.name}`}
            aria-label={`${eventWord[event]} ${service.name}`}
            className={cx("max-sm:size-9", refusal !== null && "max-sm:hidden")}
            onClick={() => operator.press(event)}
          >
            <Icon name={event} className={refusal === null ? undefined : "opacity-45"} />
          </Button>
        );
      })}
    </div>
  );
}
