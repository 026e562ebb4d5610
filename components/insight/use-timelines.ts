"use client";

import { useQueries } from "@tanstack/react-query";
import type { Timeline } from "@/lib/wire/insight";
import type { Service } from "@/lib/wire/service";
import { readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";
import { serviceApi } from "../service/service-href";
import { serverNow } from "../ui/clock";
import { type Picture, readTimeline } from "./bands";
import { askSpan, type Span, writeSpan } from "./span";
import { useKept } from "./use-kept";
import { refreshMs, type SpanAnswer } from "./use-span-query";

/** The pictures of several services over a span, in their order; undefined while one is not known. */
export function useTimelines(
  services: readonly Service[],
  span: Span,
  width: number,
): readonly (SpanAnswer<Picture> | "failed" | undefined)[] {
  const { resyncs } = useNotices();
  const points = Math.min(600, Math.max(200, Math.ceil(width / 200) * 100));
  const answers = useQueries({
    queries: services.map((service) => ({
      queryKey: ["lane", service.id, writeSpan(span).toString(), points, resyncs],
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<SpanAnswer<Picture>> => {
        const address = `${serviceApi(service)}/timeline?${askSpan(span, serverNow())}&points=${points}`;
        return { span, answer: readTimeline(await readJson<Timeline>(address, signal)) };
      },
      enabled: width > 0,
      staleTime: refreshMs(span),
      gcTime: 5 * 60_000,
      refetchInterval: span.tag === "back" ? 2 * refreshMs(span) : (false as const),
    })),
    combine: readAnswers,
  });
  const kept = useKept(
    services.map(({ id }) => id),
    answers.map((answer) => (answer === "failed" ? undefined : answer)),
  );
  return kept.map((answer, at) => answer ?? answers[at]);
}

function readAnswers(
  results: readonly { readonly data: SpanAnswer<Picture> | undefined; readonly isError: boolean }[],
): readonly (SpanAnswer<Picture> | "failed" | undefined)[] {
  return results.map(({ data, isError }) => data ?? (isError ? "failed" : undefined));
}
