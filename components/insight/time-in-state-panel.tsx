"use client";

import { useId, useMemo } from "react";
import { Panel } from "../ui/panel";
import { AlertLane } from "./alert-lane";
import { alertSpans } from "./alert-spans";
import { clipped, type StateBand } from "./bands";
import { Failure } from "./failure";
import { AlertTable, BandTable } from "./insight-tables";
import { saySharing, sharesOf } from "./shares";
import { SharesTable } from "./shares-table";
import { ChartSkeleton, SharesSkeleton } from "./skeletons";
import { SpanChoice, SpanSteps } from "./span-tools";
import { StateLane } from "./state-lane";
import { TimeAxis } from "./time-axis";
import { TimeField } from "./time-field";
import type { TimeFrame } from "./time-frame";
import { sayTimeline } from "./time-words";
import type { ServiceInsight } from "./use-service-insight";

interface TimeInStatePanelProps {
  readonly frame: TimeFrame;
  readonly measure: (element: HTMLElement | null) => (() => void) | undefined;
  readonly insight: ServiceInsight;
  /** As they are now; undefined until they are known. */
  readonly bands: readonly StateBand[] | undefined;
  /** Every state that the service can be in: its rows stand there from the beginning. */
  readonly states: readonly string[];
  readonly onOpen: (band: StateBand) => void;
}

/** The states over time, the alerts below them, and what each state's part of the span was. */
export function TimeInStatePanel({ frame, measure, insight, bands, states, onOpen }: TimeInStatePanelProps) {
  const words = useId();
  const { sums, alerts, failure, isLoading, retry } = insight;
  const { from, to, now } = frame;
  const shown = useMemo(
    () => (bands === undefined ? undefined : clipped(bands, { from, to })),
    [bands, from, to],
  );
  const spans = useMemo(() => alertSpans(alerts?.items ?? [], { from, to }, now), [alerts, from, to, now]);
  const shares = useMemo(() => (sums === undefined ? undefined : sharesOf(sums, states)), [sums, states]);
  const oldest = alerts?.items.at(-1);
  const isCut = Boolean(alerts?.next) && oldest !== undefined && Date.parse(oldest.since) > from;

  return (
    <Panel
      name="Time in state"
      tools={
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <SpanSteps frame={frame} />
          <SpanChoice span={frame.span} onChange={frame.show} />
        </div>
      }
    >
      <div aria-busy={isLoading} className="flex flex-col gap-1 px-4 pt-3 pb-2">
        <figure aria-label="State timeline" aria-describedby={words} className="min-w-0">
          <TimeField frame={frame} measure={measure} className="insight-timeline">
            {shown === undefined ? (
              failure === null && <ChartSkeleton height={40} />
            ) : (
              <>
                <StateLane bands={bands ?? []} describedBy={words} onOpen={onOpen} />
                <AlertLane spans={spans} />
              </>
            )}
            <TimeAxis isHandle />
          </TimeField>
          <figcaption id={words} className="min-h-5 text-xs text-ink-2">
            {shown === undefined
              ? ""
              : shown.every(({ state }) => state === null)
                ? "Nothing was observed in this span."
                : sayTimeline(shown, frame, sums?.states.Error?.entries)}
            {isCut && " Older alerts are not drawn."}
          </figcaption>
        </figure>
        {failure !== null && <Failure failure={failure} isOld={shown !== undefined} onRetry={retry} />}
        <div className="flex flex-wrap gap-x-4">
          <BandTable bands={shown ?? []} />
          <AlertTable spans={spans} />
        </div>
      </div>
      <div className="border-t border-line">
        {shares === undefined ? (
          failure === null && <SharesSkeleton rows={states.length + 2} />
        ) : (
          <figure aria-label="Shares of the time" aria-description={saySharing(shares)}>
            <SharesTable name="Time in each state" shares={shares} />
          </figure>
        )}
      </div>
    </Panel>
  );
}
