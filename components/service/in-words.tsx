"use client";

import type { ReactNode } from "react";
import { eventLabel } from "@/lib/machine/mermaid";
import type { Machine } from "@/lib/machine/types";
import type { Service } from "@/lib/wire/service";
import { eventWord } from "../commands/event-words";
import { legalMoves, ownMoves } from "../diagram/edge-words";
import { stateWord } from "../lamp/state-lamps";
import { TickingSpan } from "../ui/ticking-span";

/** The diagram's twin in words: where the service is, what may be asked, what may not, and why. */
export function InWords({ machine, service }: { machine: Machine; service: Service }) {
  const legal = legalMoves(machine, service);
  const own = ownMoves(machine, service);
  return (
    <ul
      aria-label="The machine in words"
      className="grid gap-x-6 gap-y-1.5 px-4 py-3 text-sm text-ink-2 xl:grid-cols-2"
    >
      <Line word="State">
        {stateWord(service.state)}
        {service.since !== null && (
          <>
            , for <TickingSpan since={service.since} />
          </>
        )}
      </Line>
      {legal.map(({ event, to }) => (
        <Line key={event} word="Possible">
          {eventLabel(event)} leads to {to}
        </Line>
      ))}
      {own.map((edge) => (
        <Line key={`${edge.event} ${edge.to}`} word="By itself">
          {edge.event} leads to {edge.to}
        </Line>
      ))}
      {refusals(service).map(({ words, reason }) => (
        <Line key={reason} word="Not now">
          {reason.startsWith(words) ? reason : `${words}: ${reason}`}
        </Line>
      ))}
    </ul>
  );
}

/** The refused events by reason: without contact, one reason holds for all of them. */
function refusals(service: Service): readonly { words: string; reason: string }[] {
  const words = new Map<string, string[]>();
  for (const { event, reason } of service.refused) {
    words.set(reason, [...(words.get(reason) ?? []), eventWord[event]]);
  }
  return [...words].map(([reason, events]) => ({ reason, words: events.join(", ") }));
}

function Line({ word, children }: { word: string; children: ReactNode }) {
  return (
    <li className="flex gap-2">
      <span className="w-16 shrink-0 pt-px text-xs text-ink-3">{word}</span>
      <span className="min-w-0">{children}</span>
    </li>
  );
}
