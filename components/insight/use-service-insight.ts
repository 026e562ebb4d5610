"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import type { Alert } from "@/lib/wire/alert";
import type { Thrash, TimeInState, Timeline } from "@/lib/wire/insight";
import type { Service, Transition } from "@/lib/wire/service";
import { type Page, readJson } from "../live/read-json";
import { useNotices } from "../live/use-fleet";
import { serviceApi } from "../service/service-href";
import { carryOn, type Picture, readTimeline } from "./bands";
import type { Span } from "./span";
import { bucketMsOf } from "./thrash-bars";
import { useSettled } from "./use-settled";
import { type SpanAnswer, useSpanQuery } from "./use-span-query";

const settleMs = 200;
const mostAlerts = 200;
/** After a move the sums are asked for again: not at once, and not more often than this. */
const [afterMoveMs, atMostEveryMs] = [1_500, 30_000];

export interface ServiceInsight {
  readonly timeline: SpanAnswer<Picture> | undefined;
  readonly sums: TimeInState | undefined;
  readonly thrash: Thrash | undefined;
  readonly alerts: Page<Alert> | undefined;
  readonly isLoading: boolean;
  /** What went wrong, in words; what is shown is then old, or nothing. */
  readonly failure: string | null;
  readonly thrashFailure: string | null;
  readonly retry: () => void;
}

/** All that a service's charts show of a span. @param width of the charts, in pixels; 0: not known yet. */
export function useServiceInsight(service: Service, shown: Span, width: number): ServiceInsight {
  const { resyncs } = useNotices();
  const span = useSettled(shown, settleMs);
  const api = serviceApi(service);
  // A gap ends with the host's contact, and the feed has no word of its own for it.
  const anew = `${resyncs} ${service.contact.status}`;
  const isWanted = width > 0;
  const points = Math.min(1_000, Math.max(200, Math.ceil(width / 200) * 100));
  const ask = { span, anew, isWanted };

  const timeline = useSpanQuery<Timeline>({ ...ask, path: `${api}/timeline`, extra: `points=${points}` });
  const sums = useSpanQuery<TimeInState>({ ...ask, path: `${api}/time-in-state` });
  const bucket = `bucket=${bucketMsOf(span, width) / 1_000}s`;
  const thrash = useSpanQuery<Thrash>({ ...ask, path: `${api}/thrash`, extra: bucket });
  const alerts = useQuery({
    queryKey: ["alerts of", service.id, service.alerts, resyncs],
    queryFn: ({ signal }) =>
      readJson<Page<Alert>>(
        `/api/v1/alerts?service=${encodeURIComponent(service.id)}&limit=${mostAlerts}`,
        signal,
      ),
    placeholderData: keepPreviousData,
    staleTime: atMostEveryMs,
    refetchInterval: 4 * atMostEveryMs,
  });

  useAfterMoves(service.seq, Math.max(timeline.dataUpdatedAt, sums.dataUpdatedAt), () => {
    for (const query of [timeline, sums, thrash]) void query.refetch();
  });
  const known = timeline.data;
  const picture = useMemo(
    () => (known === undefined ? undefined : { span: known.span, answer: readTimeline(known.answer) }),
    [known],
  );
  return {
    timeline: picture,
    sums: sums.data?.answer,
    thrash: thrash.data?.answer,
    alerts: alerts.data,
    isLoading: timeline.isFetching && (timeline.isPlaceholderData || timeline.data === undefined),
    failure: timeline.error?.message ?? sums.error?.message ?? null,
    thrashFailure: thrash.error?.message ?? null,
    retry: () => {
      for (const query of [timeline, sums, thrash, alerts]) if (query.isError) void query.refetch();
    },
  };
}

function useAfterMoves(seq: number, readAt: number, refetch: () => void): void {
  const known = useRef(seq);
  const latest = useRef(refetch);
  useEffect(() => {
    latest.current = refetch;
  });
  useEffect(() => {
    if (seq === known.current) return;
    const waitMs = Math.max(afterMoveMs, readAt + atMostEveryMs - Date.now());
    const timer = setTimeout(() => {
      known.current = seq;
      latest.current();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [seq, readAt]);
}

/** The picture carried on to now, where it was asked for up to now. @param now in ms. */
export function usePicture(
  timeline: SpanAnswer<Picture> | undefined,
  service: Service,
  moves: readonly Transition[],
  now: number,
): Picture | undefined {
  const { status, since } = service.contact;
  return useMemo(() => {
    if (timeline === undefined || timeline.span.tag === "fixed") return timeline?.answer;
    const observedUntil = status === "live" ? now : since === null ? 0 : Date.parse(since);
    return carryOn(timeline.answer, { moves, now, observedUntil });
  }, [timeline, moves, now, status, since]);
}
