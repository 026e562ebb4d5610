"use client";

import { useQuery } from "@tanstack/react-query";
import type { AlertRule } from "@/lib/wire/alert";
import { type Page, readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";

export interface Rules {
  readonly rules: readonly AlertRule[] | null;
  /** Why they could not be read, in words. */
  readonly failure: string | null;
  readonly retry: () => void;
}

/** The alert rules as they hold; asked for anew when the configuration was read again. */
export function useRules(): Rules {
  const { configErrors, resyncs } = useNotices();
  const read = useQuery({
    queryKey: ["alert rules", configErrors, resyncs],
    queryFn: ({ signal }) => readJson<Page<AlertRule>>("/api/v1/alert-rules?limit=1000", signal),
  });
  return {
    rules: read.data?.items ?? null,
    failure: read.error?.message ?? null,
    retry: () => void read.refetch(),
  };
}
