"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { PendingAlert } from "@/lib/wire/alert";
import { type Page, readJson } from "../live/read-json";
import { useFleetStore } from "../live/use-fleet";

const queryKey = ["pending alerts"] as const;
/** Moves come in bursts; what is about to fire changes by the minute. */
const settleMs = 1_000;
const anewMs = 30_000;

/** What fires soon if nothing changes, the soonest first; asked for anew when services move. */
export function usePendingAlerts(): readonly PendingAlert[] {
  const { subscribe } = useFleetStore();
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ queryKey });
      }, settleMs);
    };
    const leave = [subscribe("states", soon), subscribe("alerts", soon)];
    return () => {
      for (const each of leave) each();
      clearTimeout(timer);
    };
  }, [subscribe, queries]);
  const read = useQuery({
    queryKey,
    queryFn: ({ signal }) => readJson<Page<PendingAlert>>("/api/v1/pending-alerts", signal),
    refetchInterval: anewMs,
  });
  return read.data?.items ?? [];
}
