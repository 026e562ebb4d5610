"use client";

import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { readJson } from "../live/read-json";
import { serverNow } from "../ui/clock";
import { askSpan, lengthOf, type Span, writeSpan } from "./span";

const [oftenMs, seldomMs] = [30_000, 600_000];

/** How often sums over a span that ends now are asked for anew: as often as they change to the eye. */
export function refreshMs(span: Span): number {
  return Math.min(seldomMs, Math.max(oftenMs, lengthOf(span) / 400));
}

export interface SpanQuestion {
  /** The route without its span. */
  readonly path: string;
  readonly span: Span;
  /** Further parameters. */
  readonly extra?: string;
  /** Whatever, when it changes, may have changed the answer. */
  readonly anew: string;
  readonly isWanted?: boolean;
}

/** An answer, with the span that it was asked for. */
export interface SpanAnswer<Answer> {
  readonly span: Span;
  readonly answer: Answer;
}

/** Asks the API about a span; while another one is loaded, the answer to the one before stays. */
export function useSpanQuery<Answer>({
  path,
  span,
  extra = "",
  anew,
  isWanted = true,
}: SpanQuestion): UseQueryResult<SpanAnswer<Answer>> {
  return useQuery({
    queryKey: [path, writeSpan(span).toString(), extra, anew],
    queryFn: async ({ signal }): Promise<SpanAnswer<Answer>> => {
      const asked = `${path}?${askSpan(span, serverNow())}${extra === "" ? "" : `&${extra}`}`;
      return { span, answer: await readJson<Answer>(asked, signal) };
    },
    enabled: isWanted,
    placeholderData: keepPreviousData,
    staleTime: oftenMs,
    gcTime: 5 * 60_000,
    refetchInterval: span.tag === "back" ? refreshMs(span) : false,
  });
}
