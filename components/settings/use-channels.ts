"use client";

import { useQuery } from "@tanstack/react-query";
import type { Channel } from "@/lib/wire/alert";
import { type Page, readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";

const everyMs = 5_000;
const everyMsWhileTesting = 1_000;

export interface Channels {
  readonly channels: readonly Channel[] | null;
  /** What went wrong with the last request, in words. */
  readonly failure: string | null;
  readonly retry: () => void;
}

/** The notification channels as they do now. @param testing whether somebody waits for a test's fate. */
export function useChannels(testing: boolean): Channels {
  const { configErrors } = useNotices();
  const read = useQuery({
    queryKey: ["channels", configErrors],
    queryFn: ({ signal }) => readJson<Page<Channel>>("/api/v1/channels?limit=1000", signal),
    placeholderData: (before) => before,
    staleTime: everyMs,
    refetchInterval: testing ? everyMsWhileTesting : everyMs,
  });
  return {
    channels: read.data?.items ?? null,
    failure: read.error?.message ?? null,
    retry: () => void read.refetch(),
  };
}
