"use client";

import { Popover } from "@base-ui/react/popover";
import { type KeyboardEvent, useId, useState } from "react";
import { type OperatorEvent, operatorEvents } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { eventWord } from "./event-words";
import type { Operator } from "./use-operator";

interface LeversProps {
  readonly service: Service;
  readonly operator: Operator;
}

/**
 * Start, Stop, Restart and Reset of one service, in the machine's words. What the state calls for is
 * drawn stronger. A reason, if one is given, goes along with the next press.
 */
export function Levers({ service, operator }: LeversProps) {
  const [reason, setReason] = useState("");
  const called = calledFor(service.state);

  function press(event: OperatorEvent): void {
    const goesThrough = operator.refusal(event) === null;
    operator.press(event, reason.trim());
    if (goesThrough) setReason("");
  }

  return (
    <div className="grid grid-cols-2 gap-2 min-[26rem]:grid-cols-4">
      {operatorEvents.map((event) => (
        <Button
          key={event}
          size="large"
          look={event === called ? "primary" : "plain"}
          refusal={operator.refusal(event)}
          onClick={() => press(event)}
          className="justify-center px-1"
        >
          <Icon name={event} />
          {eventWord[event]}
        </Button>
      ))}
      {operator.callOff && service.command && (
        <Button
          size="large"
          className="col-span-full justify-center"
          onClick={() => operator.callOff?.(reason.trim())}
        >
          <Icon name="stop" />
          Call off the {service.command.event} and stop
        </Button>
      )}
      <ReasonField reason={reason} onChange={setReason} />
    </div>
  );
}

/** What a person most likely came for. */
function calledFor(state: string | null): OperatorEvent | null {
  if (state === "Stopped") return "start";
  return state === "Error" ? "restart" : null;
}

function ReasonField({ reason, onChange }: { reason: string; onChange: (reason: string) => void }) {
  const [open, setOpen] = useState(false);
  const field = useId();

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter") setOpen(false);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          <Button
            look="quiet"
            size="medium"
            className="col-span-full -ml-1 max-w-full justify-self-start px-2"
          />
        }
      >
        <Icon name="note" />
        <span className="truncate">{reason === "" ? "With a reason…" : `“${reason}”`}</span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="start" className="z-40">
          <Popover.Popup className="w-80 max-w-[calc(100vw-2rem)] rounded-lg border border-line-strong bg-raised p-3 shadow-raised">
            <Popover.Title className="text-sm font-medium">
              <label htmlFor={field}>Why?</label>
            </Popover.Title>
            <Popover.Description className="mb-2 text-xs text-ink-2">
              Goes into the history with your next command.
            </Popover.Description>
            <input
              id={field}
              value={reason}
              maxLength={500}
              onChange={(event) => onChange(event.target.value)}
              onKeyDown={onKeyDown}
              placeholder="rolling out 2.4.1"
              className="h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm placeholder:text-ink-3"
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
