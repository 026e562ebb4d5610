"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
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
  const [queries] = useState(createQueries);
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

  return (
    <FleetContext value={store}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </FleetContext>
  );
}

/** Our own server's words, of the build that this page belongs to: trusted as they are. */
function readEvent(message: FeedMessage): LiveEvent {
  return { type: message.type, data: JSON.parse(message.data) } as LiveEvent;
}

/** Requests are told by the feed when they are out of date, not by a timer or a change of window. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: Number.POSITIVE_INFINITY, refetchOnWindowFocus: false, retry: 1 },
    },
  });
}
