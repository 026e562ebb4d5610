"use client";

import { useCallback, useMemo } from "react";
import type { Machine } from "@/lib/machine/types";
import type { Service, Transition } from "@/lib/wire/service";
import type { StateBand } from "./bands";
import type { Span } from "./span";
import { ThrashPanel } from "./thrash-panel";
import { useFrame } from "./time-frame";
import { TimeInStatePanel } from "./time-in-state-panel";
import { usePicture, useServiceInsight } from "./use-service-insight";
import { useWidth } from "./use-width";

export interface ServiceChartsProps {
  readonly machine: Machine;
  readonly service: Service;
  /** The moves that are known here, newest first. */
  readonly transitions: readonly Transition[];
  readonly span: Span;
  readonly onSpan: (span: Span) => void;
}

/** What the history of a service means: one time axis for its states, its alerts and its thrashing. */
export function ServiceCharts({ machine, service, transitions, span, onSpan }: ServiceChartsProps) {
  const [measure, width] = useWidth();
  const frame = useFrame(span, width, onSpan, Date.parse(service.since ?? "1970-01-01"));
  const insight = useServiceInsight(service, span, width);
  const picture = usePicture(insight.timeline, service, transitions, frame.now);
  const states = useMemo(() => machine.states.map(({ name }) => name), [machine]);
  const showInHistory = useCallback((band: StateBand) => scrollToMove(band.from), []);
  return (
    <>
      <TimeInStatePanel
        frame={frame}
        measure={measure}
        insight={insight}
        bands={picture?.bands}
        states={states}
        onOpen={showInHistory}
      />
      <ThrashPanel frame={frame} insight={insight} />
    </>
  );
}

/** Brings the move that began then into sight within the history, if it is loaded. */
function scrollToMove(at: number): void {
  const row = document.querySelector<HTMLElement>(`[data-move-at="${at}"]`);
  const field = row?.closest<HTMLElement>(".history-field");
  if (row === null || !field) return;
  const [top, bottom] = [row.offsetTop, row.offsetTop + row.offsetHeight];
  const headPx = 36;
  if (top < field.scrollTop + headPx) field.scrollTop = top - headPx;
  else if (bottom > field.scrollTop + field.clientHeight) field.scrollTop = bottom - field.clientHeight;
}
