"use client";

import { Popover } from "@base-ui/react/popover";
import { type FormEvent, useId, useState } from "react";
import type { Alert } from "@/lib/wire/alert";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { useSilencing } from "./silencing";
import type { AlertLevers as Levers } from "./use-alert-levers";

interface AlertLeversProps {
  readonly alert: Alert;
  readonly levers: Levers;
}

/** What a person can say about an open alert: I have it, I have it no longer, this is expected. */
export function AlertLevers({ alert, levers }: AlertLeversProps) {
  const silence = useSilencing();
  const { refusal, asking } = levers;
  const isTaken = alert.acknowledged !== null;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {isTaken ? (
        <Button
          size="small"
          inRow
          refusal={refusal ?? (asking ? "Being asked for…" : null)}
          onClick={levers.unacknowledge}
        >
          <Icon name="reset" size={12} /> Take it back
        </Button>
      ) : (
        <span className="inline-flex">
          <Button
            size="small"
            inRow
            data-acknowledge
            refusal={refusal ?? (asking ? "Being asked for…" : null)}
            onClick={() => levers.acknowledge("")}
            className="rounded-r-none"
          >
            <Icon name="person" size={12} /> {asking ? "Acknowledging…" : "Acknowledge"}
          </Button>
          <WithNote levers={levers} />
        </span>
      )}
      {alert.silencedBy === null && (
        <Button size="small" inRow data-silence refusal={refusal} onClick={() => silence(alert)}>
          <Icon name="bell-off" size={12} /> Silence…
        </Button>
      )}
    </div>
  );
}

/** The same with what is being done about it, for whoever looks next. */
function WithNote({ levers }: { levers: Levers }) {
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const field = useId();

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setOpen(false);
    levers.acknowledge(note);
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          <Button
            size="small"
            inRow
            refusal={levers.refusal}
            tip="Acknowledge with a note"
            aria-label="Acknowledge with a note"
            className="-ml-px rounded-l-none px-1.5"
          />
        }
      >
        <Icon name="note" size={12} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" className="z-40">
          <Popover.Popup className="w-80 max-w-[calc(100vw-2rem)] rounded-lg border border-line-strong bg-raised p-3 shadow-raised">
            <form onSubmit={onSubmit} className="flex flex-col gap-2">
              <Popover.Title className="text-sm font-medium">
                <label htmlFor={field}>What are you doing about it?</label>
              </Popover.Title>
              <input
                id={field}
                value={note}
                maxLength={500}
                onChange={(event) => setNote(event.target.value)}
                placeholder="looking at the disk of node1"
                className="h-9 w-full rounded-md border border-line-strong bg-surface px-2.5 text-sm placeholder:text-ink-3"
              />
              <Button type="submit" look="primary" className="self-end">
                Acknowledge
              </Button>
            </form>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
