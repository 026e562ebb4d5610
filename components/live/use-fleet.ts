"use client";

import { useCallback, useContext, useSyncExternalStore } from "react";
import type { Alert } from "@/lib/wire/alert";
import type { HostContact } from "@/lib/wire/live";
import type { Command, Service, Transition } from "@/lib/wire/service";
import { useTicking } from "../ui/clock";
import type { AlertsKnown } from "./alert-book";
import { type Connection, connectionOf } from "./connection";
import type { LinkState } from "./feed-protocol";
import { FleetContext } from "./fleet-provider";
import type { FleetStore, Notices } from "./fleet-store";
import type { Topic } from "./topics";

export function useFleetStore(): FleetStore {
  const store = useContext(FleetContext);
  if (store === null) throw new Error("This view must stand inside a FleetProvider.");
  return store;
}

/** `read` must return the same object until `topic` changes. */
function useTopic<Value>(topic: Topic, read: (store: FleetStore) => Value): Value {
  const store = useFleetStore();
  const subscribe = useCallback((wake: () => void) => store.subscribe(topic, wake), [store, topic]);
  return useSyncExternalStore(
    subscribe,
    () => read(store),
    () => read(store.asRendered()),
  );
}

/** One service, live; `null` if there is none of this id. */
export function useService(id: string): Service | null {
  return useTopic(`service:${id}`, (store) => store.service(id));
}

/** The command asked for last of this service, as far as it is known here; `null` if there was none. */
export function useLastCommand(service: string): Command | null {
  return useTopic(`service:${service}`, (store) => store.lastCommand(service));
}

/** The transitions of a service that are known here, newest first. */
export function useTransitions(id: string): readonly Transition[] {
  return useTopic(`transitions:${id}`, (store) => store.transitions(id));
}

/**
 * Every service with its place and, if `withStates`, with its state as it is now. Without, the list
 * is only renewed when services come, go or move.
 */
export function useFleetIndex(withStates: boolean): readonly Service[] {
  return useTopic(withStates ? "states" : "shape", (store) => store.index());
}

/** How many services are in each state; `""` counts those never seen. */
export function useStateCounts(): ReadonlyMap<string, number> {
  return useTopic("states", (store) => store.counts());
}

export function useHosts(): readonly HostContact[] {
  return useTopic("hosts", (store) => store.hosts());
}

/** Every alert that is not resolved, in no order. */
export function useOpenAlerts(): readonly Alert[] {
  return useTopic("alerts", (store) => store.alerts.open());
}

/** The alerts that were resolved since the page was loaded, the last one first. */
export function useJustResolved(): readonly Alert[] {
  return useTopic("alerts", (store) => store.alerts.resolved());
}

/** Whether the open alerts are all known here. */
export function useAlertsKnown(): AlertsKnown {
  return useTopic("alerts", (store) => store.alerts.known());
}

export function useNotices(): Notices {
  return useTopic("notices", (store) => store.notices());
}

/** How the feed stands, by this browser's clock; renewed when the word for it changes. */
export function useConnection(): Connection {
  const link = useTopic("link", (store): LinkState | null => store.link());
  useTicking(useCallback((now: number) => connectionOf(link, now).tag, [link]));
  return connectionOf(link, Date.now());
}

/** True while what the page shows may be old: nothing should be commanded on it. */
export function useIsPictureOld(): boolean {
  const store = useFleetStore();
  return useTicking(
    useCallback(
      (now: number) => {
        const { tag } = connectionOf(store.link(), now);
        return tag === "lost" || tag === "signed-out";
      },
      [store],
    ),
  );
}
