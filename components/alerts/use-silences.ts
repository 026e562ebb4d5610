"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Silence } from "@/lib/wire/alert";
import { type Page, postJson, readJson } from "../live/read-json";
import { useNotices, useOpenAlerts } from "../live/use-fleet";

export const silencesKey = ["silences"] as const;

/** The feed has no word for a silence that no alert fits yet: somebody else's is seen this much later. */
const everyMs = 15_000;

export interface Silences {
  readonly silences: readonly Silence[] | null;
  /** What went wrong with the last request, in words. */
  readonly failure: string | null;
  readonly retry: () => void;
  /** Ends one now. @throws RequestProblem */
  readonly end: (id: string) => Promise<void>;
}

/** What is expected now and later. */
export function useSilences(): Silences {
  const queries = useQueryClient();
  const { resyncs } = useNotices();
  const held = useOpenAlerts()
    .map(({ silencedBy }) => silencedBy?.id ?? "")
    .sort()
    .join(" ");
  const read = useQuery({
    queryKey: [...silencesKey, resyncs, held],
    queryFn: ({ signal }) => readJson<Page<Silence>>("/api/v1/silences?limit=1000", signal),
    placeholderData: (before) => before,
    refetchInterval: everyMs,
  });
  return {
    silences: read.data?.items ?? null,
    failure: read.error?.message ?? null,
    retry: () => void read.refetch(),
    async end(id) {
      await postJson(`/api/v1/silences/${encodeURIComponent(id)}/end`, {});
      await queries.invalidateQueries({ queryKey: silencesKey });
    },
  };
}
