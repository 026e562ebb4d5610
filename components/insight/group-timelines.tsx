"use client";

import { useId, useMemo, useState } from "react";
import type { Service } from "@/lib/wire/service";
import { useTransitions } from "../live/use-fleet";
import { Button } from "../ui/button";
import { formatExactSpan } from "../ui/format-span";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { carryOn, clipped, type Picture } from "./bands";
import { ServiceNow } from "./error-list";
import { inListOrder } from "./in-list-order";
import { type Span, writeSpan } from "./span";
import { SpanSteps } from "./span-tools";
import { StateLane } from "./state-lane";
import { TableTwin } from "./table-twin";
import { TimeAxis } from "./time-axis";
import { TimeField } from "./time-field";
import { type TimeFrame, useFrame } from "./time-frame";
import { bandWord, sayBoth, sayTimeline } from "./time-words";
import type { SpanAnswer } from "./use-span-query";
import { useTimelines } from "./use-timelines";
import { useWidth } from "./use-width";

const [fewRows, moreRows] = [15, 45];

interface GroupTimelinesProps {
  readonly services: readonly Service[];
  readonly span: Span;
  readonly onSpan: (span: Span) => void;
}

/** The states of several services over one time axis, a lane for each. */
export function GroupTimelines({ services, span, onSpan }: GroupTimelinesProps) {
  const [measure, width] = useWidth();
  const [most, setMost] = useState(fewRows);
  const frame = useFrame(span, width, onSpan);
  const shown = useStandingOrder(services).slice(0, most);
  const timelines = useTimelines(shown, span, width);
  if (services.length === 0) return null;
  return (
    <Panel name="States over time" tools={<SpanSteps frame={frame} />}>
      <figure aria-label="States over time" className="lanes">
        <ul aria-label="Services" className="lane-names">
          {shown.map((service) => (
            <li key={service.id} className="lane-name">
              <ServiceNow service={service} search={writeSpan(span).toString()} />
            </li>
          ))}
        </ul>
        <TimeField frame={frame} measure={measure}>
          {shown.map((service, at) => (
            <ServiceLane key={service.id} service={service} timeline={timelines[at]} frame={frame} />
          ))}
          <TimeAxis isHandle />
        </TimeField>
      </figure>
      <div className="flex flex-wrap items-center gap-3 px-4 pb-2">
        <PictureTable services={shown} timelines={timelines} frame={frame} />
        {services.length > most && (
          <span className="flex items-center gap-3 text-xs text-ink-2">
            {services.length - most} more services are not drawn.
            <Button size="small" onClick={() => setMost(most + moreRows)}>
              Show more
            </Button>
          </span>
        )}
      </div>
      {shown.length > 0 && timelines.every((timeline) => timeline === "failed") && (
        <Message title="The states could not be loaded." />
      )}
    </Panel>
  );
}

/** Those in trouble first, as it was when the list was made: no lane moves under whoever looks at it. */
function useStandingOrder(services: readonly Service[]): readonly Service[] {
  const key = services.map(({ id }) => id).join("\n");
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which services they are.
  const order = useMemo(() => inListOrder(services).map(({ id }) => id), [key]);
  return useMemo(() => {
    const byId = new Map(services.map((service) => [service.id, service]));
    return order.flatMap((id) => byId.get(id) ?? []);
  }, [order, services]);
}

interface ServiceLaneProps {
  readonly service: Service;
  readonly timeline: SpanAnswer<Picture> | "failed" | undefined;
  readonly frame: TimeFrame;
}

function ServiceLane({ service, timeline, frame }: ServiceLaneProps) {
  const words = useId();
  const moves = useTransitions(service.id);
  const { status, since } = service.contact;
  const { now } = frame;
  const bands = useMemo(() => {
    if (timeline === undefined || timeline === "failed") return [];
    if (timeline.span.tag === "fixed") return timeline.answer.bands;
    const observedUntil = status === "live" ? now : since === null ? 0 : Date.parse(since);
    return carryOn(timeline.answer, { moves, now, observedUntil }).bands;
  }, [timeline, moves, now, status, since]);
  return (
    <>
      <StateLane
        name={`States of ${service.name} on ${service.host}`}
        height={28}
        bands={bands}
        describedBy={words}
      />
      <p id={words} hidden>
        {sayTimeline(clipped(bands, frame), frame)}
      </p>
    </>
  );
}

interface PictureTableProps {
  readonly services: readonly Service[];
  readonly timelines: readonly ServiceLaneProps["timeline"][];
  readonly frame: TimeFrame;
}

function PictureTable({ services, timelines, frame }: PictureTableProps) {
  return (
    <TableTwin
      of="States over time"
      columns={["Service", "State", "From", "To", "Length", "Moves"]}
      rows={() =>
        services.flatMap(({ id }, at) => {
          const timeline = timelines[at];
          if (timeline === undefined || timeline === "failed") return [];
          return clipped(timeline.answer.bands, frame).map((band) => ({
            key: `${id} ${band.from}`,
            cells: [id, bandWord(band), ...sayBoth(band), formatExactSpan(band.to - band.from), band.moves],
          }));
        })
      }
    />
  );
}
