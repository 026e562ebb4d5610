"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { HostGap } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { useFleetIndex, useHosts, useNotices } from "../live/use-fleet";
import { gatherGaps } from "./fleet-gaps";
import { type HistoryFilter, hostOf } from "./fleet-history-filter";
import type { ShownGap } from "./history-entries";

/**
 * When the hosts that the filter is about were not observed, as far back as history is loaded.
 * @param asked the parameters that history was asked with. @param oldest the instant of the oldest move
 * that is loaded; `null` where all of them are.
 */
export function useFleetGaps(
  filter: HistoryFilter,
  asked: string,
  oldest: string | null,
): readonly ShownGap[] {
  const { resyncs } = useNotices();
  const services = useFleetIndex(false);
  // A gap begins and ends with a host's contact, and the feed has no word of its own for it.
  const contacts = useHosts()
    .map(({ id, contact }) => `${id} ${contact.status}`)
    .join();
  const address = addressOf(filter, asked, oldest);
  const gaps = useQuery({
    queryKey: ["fleet gaps", address, resyncs, contacts],
    queryFn: ({ signal }) => readJson<Page<HostGap>>(address, signal),
    placeholderData: keepPreviousData,
  });
  const hosts = useMemo(() => {
    const { kinds, query } = filter;
    if (kinds.length === 0 && query === "") return null;
    const text = query.toLowerCase();
    const shown = services.filter(
      ({ id, kind }) => (kinds.length === 0 || kinds.includes(kind)) && id.toLowerCase().includes(text),
    );
    return new Set(shown.map(({ id }) => hostOf(id)));
  }, [services, filter]);
  return useMemo(
    () => gatherGaps((gaps.data?.items ?? []).filter(({ host }) => hosts?.has(host) ?? true)),
    [gaps.data, hosts],
  );
}

function addressOf({ hosts }: HistoryFilter, asked: string, oldest: string | null): string {
  const span = new URLSearchParams(asked);
  const address = new URLSearchParams({ limit: "1000" });
  for (const host of hosts) address.append("host", host);
  const from = oldest ?? span.get("from");
  if (from !== null) address.set("from", from);
  const to = span.get("to");
  if (to !== null) address.set("to", to);
  return `/api/v1/gaps?${address}`;
}
