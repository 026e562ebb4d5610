"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Group } from "@/lib/wire/group";
import { readJson } from "../live/read-json";
import { useFleetIndex, useNotices } from "../live/use-fleet";
import { groupHref } from "./group-href";

/** How many services of a group have to run, by the configuration; null: nothing is said, or not known yet. */
export function useKeepRunning(name: string): number | null {
  const { resyncs, configErrors } = useNotices();
  const size = useFleetIndex(false).length;
  const group = useQuery({
    queryKey: ["group", name, resyncs, size, configErrors],
    queryFn: ({ signal }) => readJson<Group>(`/api/v1${groupHref(name)}`, signal),
    placeholderData: keepPreviousData,
  });
  return group.data?.keepRunning ?? null;
}
