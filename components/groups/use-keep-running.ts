"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Group } from "@/lib/wire/group";
import { type Page, readJson } from "../live/read-json";
import { useFleetIndex, useNotices } from "../live/use-fleet";

/** How many services of a group have to run, by the configuration; null: nothing is said, or not known yet. */
export function useKeepRunning(name: string): number | null {
  const { resyncs, configErrors } = useNotices();
  const size = useFleetIndex(false).length;
  const groups = useQuery({
    queryKey: ["groups", resyncs, size, configErrors],
    queryFn: ({ signal }) => readJson<Page<Group>>("/api/v1/groups?limit=1000", signal),
    placeholderData: keepPreviousData,
  });
  return groups.data?.items.find((group) => group.name === name)?.keepRunning ?? null;
}
