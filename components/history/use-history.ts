"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { Gap, Service, Transition } from "@/lib/wire/service";
import { mergeTransitions } from "../live/fleet-records";
import { type Page, pageAddress, readJson } from "../live/read-json";
import { useNotices, useTransitions } from "../live/use-fleet";
import { serviceApi } from "../service/service-href";
import { type HistoryEntry, historyEntries, holeIn } from "./history-entries";

const pageSize = 50;
/** A service and its newest move are told together; longer apart, the move was not told at all. */
const tellingMs = 1_000;
const longestTellingMs = 30_000;

export interface History {
  readonly entries: readonly HistoryEntry[];
  /** Newest first: everything loaded and everything that came live since. */
  readonly transitions: readonly Transition[];
  /** Loads the next older page; `null` when there is none. */
  readonly loadOlder: (() => void) | null;
  readonly loading: boolean;
  /** What went wrong with the last request, in words. */
  readonly failure: string | null;
}

/** A service's history: the server's first page, older ones as they are asked for, new moves live. */
export function useHistory(service: Service, first: Page<Transition>, firstGaps: readonly Gap[]): History {
  const { resyncs } = useNotices();
  const live = useTransitions(service.id);
  const api = serviceApi(service);

  const pages = useInfiniteQuery({
    queryKey: ["transitions", service.id],
    queryFn: ({ pageParam, signal }) =>
      readJson<Page<Transition>>(pageAddress(`${api}/transitions`, "", pageSize, pageParam), signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    initialData: { pages: [first], pageParams: [null] },
  });
  const gaps = useQuery({
    // A gap begins and ends with the host's contact, and the feed has no word of its own for it.
    queryKey: ["gaps", service.id, resyncs, service.contact.status],
    queryFn: ({ signal }) => readJson<Page<Gap>>(`${api}/gaps?limit=200`, signal),
    placeholderData: keepPreviousData,
  });

  const transitions = useMemo(
    () =>
      mergeTransitions(
        pages.data.pages.flatMap((page) => page.items),
        live,
      ),
    [pages.data, live],
  );
  useRefetchWhen(`${resyncs} ${holeIn(transitions) ?? ""}`, pages.refetch);
  useRefetchBehind(service.seq - (transitions[0]?.seq ?? 0), pages.refetch);
  const known = gaps.data?.items ?? firstGaps;
  const entries = useMemo(
    () => historyEntries(transitions, known, !pages.hasNextPage),
    [transitions, known, pages.hasNextPage],
  );
  return {
    entries,
    transitions,
    loadOlder: pages.hasNextPage ? () => void pages.fetchNextPage() : null,
    loading: pages.isFetchingNextPage,
    failure: pages.error?.message ?? null,
  };
}

/**
 * The feed could not tell everything since, or told more than is kept of it: what was loaded is loaded
 * anew. Once for each such reason, which `reason` names.
 */
function useRefetchWhen(reason: string, refetch: () => Promise<unknown>): void {
  const done = useRef(reason);
  useEffect(() => {
    if (done.current === reason) return;
    done.current = reason;
    void refetch();
  }, [reason, refetch]);
}

/**
 * Moves that were read back from a host's own record are not told one by one: the service's number
 * is ahead of the newest known move and stays so. An answer that does not bring them is asked for again.
 */
function useRefetchBehind(behind: number, refetch: () => Promise<unknown>): void {
  useEffect(() => {
    if (behind <= 0) return;
    let timer: ReturnType<typeof setTimeout>;
    const askIn = (ms: number) => {
      timer = setTimeout(() => {
        void refetch();
        askIn(Math.min(2 * ms, longestTellingMs));
      }, ms);
    };
    askIn(tellingMs);
    return () => clearTimeout(timer);
  }, [behind, refetch]);
}
