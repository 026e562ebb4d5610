"use client";

import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import type { TimeInState } from "@/lib/wire/insight";
import type { Service, Transition } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { useFleetIndex, useNotices } from "../live/use-fleet";
import { serviceApi } from "../service/service-href";
import { serverNow } from "../ui/clock";
import { byErrorTime, type ErrorTime, suspects } from "./error-ranking";
import { askServices, type InsightFilter, isOfFilter } from "./insight-filter";
import { askSpan, type Span, writeSpan } from "./span";
import { refreshMs, useSpanQuery } from "./use-span-query";

const mostEntries = 1_000;

export interface GroupSums {
  readonly group: string;
  /** Undefined until it is known. */
  readonly sums: TimeInState | undefined;
}

export interface FleetInsight {
  readonly sums: TimeInState | undefined;
  readonly failure: string | null;
  readonly retry: () => void;
}

/** The sums over all services that fit. */
export function useFleetSums(filter: InsightFilter): FleetInsight {
  const { resyncs } = useNotices();
  const query = useSpanQuery<TimeInState>({
    path: "/api/v1/time-in-state",
    span: filter.span,
    extra: askServices(filter),
    anew: String(resyncs),
  });
  return {
    sums: query.data?.answer,
    failure: query.error?.message ?? null,
    retry: () => void query.refetch(),
  };
}

/** The services of the present configuration that fit. */
export function useFilteredServices(filter: InsightFilter): readonly Service[] {
  const services = useFleetIndex(true);
  return useMemo(() => services.filter(isOfFilter(filter)), [services, filter]);
}

/** The sums of each of these groups, in their order. */
export function useGroupSums(filter: InsightFilter, groups: readonly string[]): readonly GroupSums[] {
  const { span, hosts, kinds } = filter;
  const asked = groups.map((group) => askServices({ groups: [group], hosts, kinds }));
  const answers = useTimesInState(
    span,
    asked.map((services) => `/api/v1/time-in-state?${services}&`),
  );
  return groups.map((group, at) => ({ group, sums: answers[at] }));
}

/** The services that were in Error for longest, as far as the newest entries into it tell. */
export function useErrorTimes(
  filter: InsightFilter,
  services: readonly Service[],
): { readonly times: readonly ErrorTime[] | undefined; readonly isCut: boolean } {
  const { span, hosts, kinds } = filter;
  const { resyncs } = useNotices();
  const entered = useSpanQuery<Page<Transition>>({
    path: "/api/v1/transitions",
    span,
    extra: `state=Error&limit=${mostEntries}&${askServices({ groups: [], hosts, kinds })}`,
    anew: String(resyncs),
  });
  const entries = entered.data?.answer;
  const asked = useMemo(
    () => (entries === undefined ? [] : suspects(services, entries.items)),
    [services, entries],
  );
  const answers = useTimesInState(
    span,
    asked.map((service) => `${serviceApi(service)}/time-in-state?`),
  );
  const isKnown = entries !== undefined && answers.every((answer) => answer !== undefined);
  return {
    times: isKnown ? byErrorTime(asked.map((service, at) => ({ service, sums: answers[at] }))) : undefined,
    isCut: Boolean(entries?.next),
  };
}

/** Several sums at once; undefined where one is not known (yet). @param addresses without their span. */
function useTimesInState(span: Span, addresses: readonly string[]): readonly (TimeInState | undefined)[] {
  const { resyncs } = useNotices();
  return useQueries({
    queries: addresses.map((address) => ({
      queryKey: [address, writeSpan(span).toString(), resyncs],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        readJson<TimeInState>(`${address}${askSpan(span, serverNow())}`, signal),
      placeholderData: keepPreviousData,
      gcTime: 5 * 60_000,
      refetchInterval: span.tag === "back" ? 2 * refreshMs(span) : (false as const),
    })),
    combine: (results) => results.map(({ data }) => data),
  });
}
