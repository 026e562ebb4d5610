"use client";

import { createContext, type ReactNode, useEffect, useRef, useState } from "react";
import type { LiveEvent } from "@/lib/wire/live";
import { setClockOffset } from "../ui/clock";
import { openFeed } from "./feed-client";
import type { FeedMessage } from "./feed-protocol";
import { createFleetStore, type FleetInitial, type FleetStore } from "./fleet-store";

export const FleetContext = createContext<FleetStore | null>(null);

export interface FleetProviderProps {
  readonly initial: FleetInitial;
  readonly children: ReactNode;
}

/**
 * Keeps what the server rendered true: everything below sees the fleet live. One may stand around
 * the whole application or around one page; the stream behind it is shared anyway.
 */
export function FleetProvider({ initial, children }: FleetProviderProps) {
  const [store] = useState(() => createFleetStore(initial));
  const absorbed = useRef(initial);

  useEffect(() => {
    if (absorbed.current !== initial) store.absorb(initial);
    absorbed.current = initial;
  }, [store, initial]);

  useEffect(
    () =>
      openFeed({
        position: store.position,
        onMessages: (messages) => {
          for (const message of messages) store.apply(readEvent(message), message.id);
        },
        onLink: (link) => {
          if (link.tag === "open") setClockOffset(link.clockOffsetMs);
          store.setLink(link);
        },
      }),
    [store],
  );

  return <FleetContext value={store}>{children}</FleetContext>;
}

/** Our own server's words, of the build that this page belongs to: trusted as they are. */
function readEvent(message: FeedMessage): LiveEvent {
  return { type: message.type, data: JSON.parse(message.data) } as LiveEvent;
}
