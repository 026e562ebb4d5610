"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type RefObject, useMemo, useState } from "react";
import type { Transition } from "@/lib/wire/service";
import { mergeTransitions } from "../live/fleet-records";
import { type Page, pageAddress, readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";
import { serverNow } from "../ui/clock";
import { askHistory, type HistoryFilter, writeHistoryFilter } from "./fleet-history-filter";
import { type HistoryEntry, historyEntries } from "./history-entries";
import { useFleetGaps } from "./use-fleet-gaps";
import { newestFirst, useLiveMoves } from "./use-live-moves";

const pageSize = 100;

/** What the server drew the page with. */
export interface FirstHistory {
  /** As `writeHistoryFilter` writes it. */
  readonly address: string;
  /** When it was read, in ms: spans go back from there. */
  readonly at: number;
  /** `null` where the filter could not be asked for. */
  readonly page: Page<Transition> | null;
}

export interface FleetHistory {
  readonly entries: readonly HistoryEntry[];
  /** The parameters that the API was asked with: what is exported is what is shown. */
  readonly asked: string;
  /** `old` while what is shown belongs to the filter before. */
  readonly status: "loading" | "failed" | "old" | "shown";
  /** Moves that are kept back so that nothing jumps under somebody who reads. */
  readonly waiting: number;
  readonly showWaiting: () => void;
  readonly loadOlder: (() => void) | null;
  readonly loadingOlder: boolean;
  /** What went wrong with the last request, in words. */
  readonly failure: string | null;
  readonly retry: () => void;
}

/** The whole fleet's history under a filter: page by page, with gaps, and live at the top. */
export function useFleetHistory(
  filter: HistoryFilter,
  first: FirstHistory,
  list: RefObject<HTMLElement | null>,
): FleetHistory {
  const { resyncs } = useNotices();
  const address = writeHistoryFilter(filter);
  const [overflows, setOverflows] = useState(0);
  const isFirst = address === first.address;
  // A span goes back from when its filter was chosen: what is exported is then what is shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the address is the filter in words.
  const [now, asked] = useMemo(() => {
    const at = isFirst ? first.at : serverNow();
    return [at, askHistory(filter, at)];
  }, [address, isFirst, first.at]);
  const anew = `${resyncs} ${overflows}`;

  const pages = useInfiniteQuery({
    queryKey: ["fleet transitions", asked, anew],
    queryFn: ({ pageParam, signal }) =>
      readJson<Page<Transition>>(pageAddress("/api/v1/transitions", asked, pageSize, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    ...(isFirst && first.page !== null && anew === "0 0"
      ? { initialData: { pages: [first.page], pageParams: [null] } }
      : {}),
  });
  const live = useLiveMoves(filter, now, `${asked} ${anew}`, list, () => setOverflows(overflows + 1));

  const hasOlder = pages.hasNextPage;
  const isOld = pages.isPlaceholderData;
  const transitions = useMemo(() => {
    const loaded = pages.data?.pages.flatMap((page) => page.items) ?? [];
    if (isOld) return loaded;
    const oldest = loaded.at(-1);
    // What was told live of a time that is not loaded yet comes with its page.
    const fits = live.moves.filter((move) => !hasOlder || !oldest || move.at >= oldest.at);
    return mergeTransitions(loaded, fits, newestFirst);
  }, [pages.data, live.moves, hasOlder, isOld]);
  const gaps = useFleetGaps(filter, asked, hasOlder ? (transitions.at(-1)?.at ?? null) : null);
  const entries = useMemo(() => historyEntries(transitions, gaps, !hasOlder), [transitions, gaps, hasOlder]);
  return {
    entries,
    asked,
    status: pages.isPending ? "loading" : isOld ? "old" : pages.data === undefined ? "failed" : "shown",
    waiting: isOld ? 0 : live.waiting,
    showWaiting: live.showWaiting,
    loadOlder: hasOlder && !isOld ? () => void pages.fetchNextPage() : null,
    loadingOlder: pages.isFetchingNextPage,
    failure: pages.error?.message ?? null,
    retry: () => void pages.refetch(),
  };
}
