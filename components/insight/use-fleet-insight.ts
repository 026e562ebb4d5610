"use client";

import { type UseQueryResult, useQueries } from "@tanstack/react-query";
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
import { useKept } from "./use-kept";
import { refreshMs, useSpanQuery } from "./use-span-query";

const mostEntries = 1_000;

export interface FleetInsight<Answer> {
  /** Undefined until it is known. */
  readonly answer: Answer | undefined;
  /** What went wrong, in words. */
  readonly failure: string | null;
  readonly retry: () => void;
}

/** The sums over all services that fit. */
export function useFleetSums(filter: InsightFilter): FleetInsight<TimeInState> {
  const { resyncs } = useNotices();
  const query = useSpanQuery<TimeInState>({
    path: "/api/v1/time-in-state",
    span: filter.span,
    extra: askServices(filter),
    anew: String(resyncs),
  });
  return {
    answer: query.data?.answer,
    failure: query.error?.message ?? null,
    retry: () => void query.refetch(),
  };
}

/** The services of the present configuration that fit. */
export function useFilteredServices(filter: InsightFilter): readonly Service[] {
  const services = useFleetIndex(true);
  return useMemo(() => services.filter(isOfFilter(filter)), [services, filter]);
}

/** The sums of each of these groups, in their order; undefined where they are not known yet. */
export function useGroupSums(
  filter: InsightFilter,
  groups: readonly string[],
): FleetInsight<readonly (TimeInState | undefined)[]> {
  const { span, hosts, kinds } = filter;
  const asked = groups.map((group) => askServices({ groups: [group], hosts, kinds }));
  return useTimesInState(
    span,
    asked.map((services) => `/api/v1/time-in-state?${services}&`),
  );
}

export interface ErrorTimes {
  readonly times: readonly ErrorTime[];
  /** There were more entries into Error than were looked at. */
  readonly isCut: boolean;
}

/** The services that were in Error for longest, as far as the newest entries into it tell. */
export function useErrorTimes(filter: InsightFilter, services: readonly Service[]): FleetInsight<ErrorTimes> {
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
  const { answer, failure, retry } = useTimesInState(
    span,
    asked.map((service) => `${serviceApi(service)}/time-in-state?`),
  );
  const isWhole = entries !== undefined && answer?.every((sums) => sums !== undefined);
  const whole = isWhole
    ? {
        times: byErrorTime(asked.map((service, at) => ({ service, sums: answer?.[at] }))),
        isCut: entries.next !== null,
      }
    : undefined;
  const [kept] = useKept<ErrorTimes>(["errors"], [whole]);
  return {
    answer: kept,
    failure: entered.error?.message ?? failure,
    retry: () => {
      if (entered.isError) void entered.refetch();
      retry();
    },
  };
}

/** Several sums at once. @param addresses without their span. */
function useTimesInState(
  span: Span,
  addresses: readonly string[],
): FleetInsight<readonly (TimeInState | undefined)[]> {
  const { resyncs } = useNotices();
  const asked = useQueries({
    queries: addresses.map((address) => ({
      queryKey: [address, writeSpan(span).toString(), resyncs],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        readJson<TimeInState>(`${address}${askSpan(span, serverNow())}`, signal),
      staleTime: refreshMs(span),
      gcTime: 5 * 60_000,
      refetchInterval: span.tag === "back" ? 2 * refreshMs(span) : (false as const),
    })),
    combine: together,
  });
  return { ...asked, answer: useKept(addresses, asked.answer) };
}

function together(
  results: readonly Pick<UseQueryResult<TimeInState>, "data" | "error" | "isError" | "refetch">[],
) {
  return {
    answer: results.map(({ data }) => data),
    failure: results.find(({ isError }) => isError)?.error?.message ?? null,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}
