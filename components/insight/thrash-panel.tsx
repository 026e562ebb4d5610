"use client";

import { useId, useMemo } from "react";
import type { CauseKind } from "@/lib/machine/observation";
import type { Thrash } from "@/lib/wire/insight";
import { causeWords } from "../cause/cause-words";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import { Panel } from "../ui/panel";
import { Failure } from "./failure";
import { ThrashTable } from "./insight-tables";
import { ChartSkeleton } from "./skeletons";
import { causesIn, type ThrashBar, thrashBars, thresholdOf } from "./thrash-bars";
import { ThrashLane } from "./thrash-lane";
import { ThrashMark } from "./thrash-mark";
import { TimeAxis } from "./time-axis";
import { TimeField } from "./time-field";
import type { TimeFrame } from "./time-frame";
import { sayCount, sayEnds } from "./time-words";
import type { ServiceInsight } from "./use-service-insight";

/** How often the service moved and why, what of it counts, and what its level says. */
export function ThrashPanel({ frame, insight }: { frame: TimeFrame; insight: ServiceInsight }) {
  const words = useId();
  const { thrash, thrashFailure, retry } = insight;
  const { from, to } = frame;
  const bars = useMemo(() => (thrash === undefined ? [] : thrashBars(thrash)), [thrash]);
  const shown = useMemo(() => bars.filter((bar) => bar.to > from && bar.from < to), [bars, from, to]);
  return (
    <Panel name="Thrash" tools={thrash !== undefined && <Level thrash={thrash} />}>
      <div className="flex flex-col gap-1 px-4 pt-3 pb-2">
        <p className="min-h-5 text-sm text-ink-2">{thrash?.why}</p>
        {thrash !== undefined && thrash.startLimit !== null && (
          <p className="flex items-center gap-1.5 text-sm text-ink-2">
            <Icon name="gear" size={13} className="text-warning" /> The service manager’s start limit was hit
            at <Instant at={thrash.startLimit} />: it starts the service no more by itself.
          </p>
        )}
        <figure aria-label="Thrash chart" aria-describedby={words} className="min-w-0">
          <TimeField frame={frame} className="insight-thrash">
            {thrash === undefined ? (
              thrashFailure === null && <ChartSkeleton height={104} />
            ) : (
              <ThrashLane bars={bars} threshold={thresholdOf(thrash)} describedBy={words} />
            )}
            <TimeAxis />
          </TimeField>
          <figcaption className="flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-xs text-ink-2">
            {thrash !== undefined && <Legend bars={shown} />}
            <span id={words} className="sr-only">
              {thrash !== undefined && sayBars(shown, frame)}
            </span>
          </figcaption>
        </figure>
        {thrashFailure !== null && (
          <Failure failure={thrashFailure} isOld={thrash !== undefined} onRetry={retry} />
        )}
        <ThrashTable bars={shown} />
      </div>
    </Panel>
  );
}

function Level({ thrash: { level, since, score, thresholds } }: { thrash: Thrash }) {
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-xs text-ink-2">
      {level === "none" ? (
        <>
          <Icon name="tick" size={12} className="text-good" /> not thrashing
        </>
      ) : (
        <>
          <ThrashMark level={level} />
          {since !== null && (
            <>
              since <Instant at={since} />
            </>
          )}
        </>
      )}
      <span
        className="text-ink-3"
        title={`Flapping from ${thresholds.flapping.high} % on, until below ${thresholds.flapping.low} %`}
      >
        flap score {Math.round(score)} %
      </span>
    </p>
  );
}

function Legend({ bars }: { bars: readonly ThrashBar[] }) {
  const unintended = bars.reduce((sum, bar) => sum + bar.unintended, 0);
  if (bars.length === 0) return <span>No moves in this span.</span>;
  return (
    <>
      {causesIn(bars).map((cause) => (
        <span key={cause} className="inline-flex items-center gap-1.5">
          <span aria-hidden="true" data-cause={cause} className="cause-swatch" />
          {causeWords[cause].word} <span className="font-medium text-ink">{countOf(bars, cause)}</span>
        </span>
      ))}
      <span className="inline-flex items-center gap-1.5">
        <span aria-hidden="true" className="unintended-swatch" />
        unintended <span className="font-medium text-ink">{unintended}</span>
      </span>
    </>
  );
}

function countOf(bars: readonly ThrashBar[], wanted: CauseKind): number {
  return bars.reduce((sum, { parts }) => sum + (parts.find(({ cause }) => cause === wanted)?.count ?? 0), 0);
}

function sayBars(bars: readonly ThrashBar[], frame: TimeFrame): string {
  const [moves, unintended] = [
    bars.reduce((sum, bar) => sum + bar.transitions, 0),
    bars.reduce((sum, bar) => sum + bar.unintended, 0),
  ];
  const causes = causesIn(bars).map((cause) => `${countOf(bars, cause)} ${causeWords[cause].word}`);
  const most = bars.reduce((found, bar) => Math.max(found, bar.transitions), 0);
  return `${sayEnds(frame)}: ${sayCount(moves, "move")}, ${unintended} unintended${causes.length > 0 ? `; by cause: ${causes.join(", ")}; at most ${most} at a time` : ""}.`;
}
