"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Alert } from "@/lib/wire/alert";
import { type Page, pageAddress, readJson } from "../live/read-json";
import { useJustResolved, useNotices } from "../live/use-fleet";
import { type AlertFilter, askPastAlerts, isShown, showsStatus } from "./alert-filter";
import { pastAlerts } from "./alert-order";

const pageSize = 50;

export interface PastAlerts {
  readonly alerts: readonly Alert[];
  /** `old` while what is shown belongs to the filter before; `hidden` where the filter leaves out all of it. */
  readonly status: "hidden" | "loading" | "failed" | "old" | "shown";
  readonly loadOlder: (() => void) | null;
  readonly loadingOlder: boolean;
  /** What went wrong with the last request, in words. */
  readonly failure: string | null;
  readonly retry: () => void;
}

/** What was: resolved alerts under a filter, page by page, with those that are resolved meanwhile on top. */
export function usePastAlerts(filter: AlertFilter): PastAlerts {
  const { resyncs } = useNotices();
  const just = useJustResolved();
  const wanted = showsStatus(filter, "resolved");
  const asked = askPastAlerts(filter);
  const pages = useInfiniteQuery({
    queryKey: ["past alerts", asked, resyncs],
    queryFn: ({ pageParam, signal }) =>
      readJson<Page<Alert>>(pageAddress("/api/v1/alerts", asked, pageSize, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    enabled: wanted,
  });
  const alerts = useMemo(() => {
    if (!wanted) return [];
    const loaded = pages.data?.pages.flatMap((page) => page.items) ?? [];
    return pastAlerts(
      just.filter((alert) => isShown(filter, alert)),
      loaded,
    );
  }, [just, pages.data, filter, wanted]);

  const isOld = pages.isPlaceholderData;
  return {
    alerts,
    status: !wanted
      ? "hidden"
      : pages.data !== undefined
        ? isOld
          ? "old"
          : "shown"
        : pages.isError
          ? "failed"
          : "loading",
    loadOlder: pages.hasNextPage && !isOld ? () => void pages.fetchNextPage() : null,
    loadingOlder: pages.isFetchingNextPage,
    failure: pages.error?.message ?? null,
    retry: () => void pages.refetch(),
  };
}
