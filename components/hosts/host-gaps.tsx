"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import type { Host } from "@/lib/wire/host";
import type { HostGap } from "@/lib/wire/service";
import { GapWords } from "../history/gap-words";
import { LoadOlder } from "../history/load-older";
import { type Page, pageAddress, readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";
import { Instant } from "../ui/instant";
import { Skeleton } from "../ui/skeleton";
import { useToday } from "../ui/use-today";

const pageSize = 8;

/** When a host was not observed, newest first: no state is counted in these times. */
export function HostGaps({ host: { id, contact } }: { host: Host }) {
  const { resyncs } = useNotices();
  const today = useToday();
  const gaps = useInfiniteQuery({
    // A gap begins and ends with the host's contact, and the feed has no word of its own for it.
    queryKey: ["host gaps", id, contact.status, resyncs],
    queryFn: ({ pageParam, signal }) =>
      readJson<Page<HostGap>>(
        pageAddress("/api/v1/gaps", new URLSearchParams({ host: id }).toString(), pageSize, pageParam),
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const shown = gaps.data?.pages.flatMap((page) => page.items) ?? [];
  if (gaps.isPending)
    return (
      <div className="px-4 pb-3">
        <Skeleton className="h-5 w-64" />
      </div>
    );
  return (
    <>
      {shown.length === 0 && gaps.error === null && (
        <p className="px-4 pb-3 text-sm text-ink-2">
          None: it was observed all the time since it was first seen.
        </p>
      )}
      <ul aria-label={`Gaps of ${id}`} className="text-sm">
        {shown.map((gap) => (
          <li key={gap.from} className="hatched border-t border-line px-4 py-2">
            <span className="rounded bg-surface px-1 py-0.5">
              <Instant at={gap.from} today={today} /> <GapWords gap={gap} what="Not observed" />
            </span>
          </li>
        ))}
      </ul>
      <LoadOlder
        loadOlder={gaps.hasNextPage ? () => void gaps.fetchNextPage() : null}
        loading={gaps.isFetchingNextPage}
        failure={gaps.error?.message ?? null}
      />
    </>
  );
}
