"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { Service } from "@/lib/wire/service";
import type { FleetStore } from "./fleet-store";
import { useFleetStore } from "./use-fleet";

/**
 * These services, live, in this order; ids that there are none of are left out. Only a change of one of
 * them wakes the view. @param ids must be the same list as long as it holds the same.
 */
export function useServices(ids: readonly string[]): readonly Service[] {
  const store = useFleetStore();
  const subscribe = useCallback(
    (wake: () => void) => {
      const ends = ids.map((id) => store.subscribe(`service:${id}`, wake));
      return () => {
        for (const end of ends) end();
      };
    },
    [store, ids],
  );
  const live = useMemo(() => pickFrom(ids), [ids]);
  const rendered = useMemo(() => pickFrom(ids), [ids]);
  return useSyncExternalStore(
    subscribe,
    () => live(store),
    () => rendered(store.asRendered()),
  );
}

/** Gives the same list again until one of its services is another. */
function pickFrom(ids: readonly string[]): (store: FleetStore) => readonly Service[] {
  let last: readonly Service[] = [];
  return (store) => {
    const next = ids.flatMap((id) => store.service(id) ?? []);
    if (next.length !== last.length || next.some((service, at) => service !== last[at])) last = next;
    return last;
  };
}
