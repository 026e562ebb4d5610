"use client";

import { type ComponentProps, Suspense, useCallback, useMemo, useState } from "react";
import type { Service } from "@/lib/wire/service";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { useInAddress } from "../ui/use-in-address";
import { ErrorList, ServiceNow } from "./error-list";
import { Failure } from "./failure";
import { GroupTable } from "./group-table";
import { GroupTimelines } from "./group-timelines";
import { valuesIn } from "./in-list-order";
import { type InsightFilter, readInsightFilter, writeInsightFilter } from "./insight-filter";
import { InsightFilters } from "./insight-filters";
import { createPointed } from "./pointed";
import { ShareBar } from "./share-bar";
import { saySharing, sharesOf } from "./shares";
import { SharesTable } from "./shares-table";
import { SharesSkeleton } from "./skeletons";
import { type Span, writeSpan } from "./span";
import { SpanChoice } from "./span-tools";
import { sayCount, sayEnds } from "./time-words";
import { useErrorTimes, useFilteredServices, useFleetSums, useGroupSums } from "./use-fleet-insight";
import { PointedProvider } from "./use-pointed";
import { useSettled } from "./use-settled";
import "./fleet-insight.css";

const [fewGroups, fewServices] = [12, 10];
const settleMs = 200;

/** Where the time of the fleet went: by state, by group, and who was in Error for longest. */
export function FleetInsightPage() {
  return (
    <Suspense>
      <FleetInsightView />
    </Suspense>
  );
}

function FleetInsightView() {
  const [shown, change] = useInAddress(readInsightFilter, writeInsightFilter);
  const filter = useSettled(shown, settleMs);
  const services = useFilteredServices(filter);
  const showSpan = useCallback((span: Span) => change({ span }), [change]);
  const [pointed] = useState(createPointed);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="mr-auto text-xl font-semibold tracking-tight">Time in state</h1>
        <SpanChoice span={shown.span} onChange={showSpan} />
      </div>
      <InsightFilters filter={shown} onChange={change} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <Whole filter={filter} />
          <Groups filter={filter} services={services} />
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Errors filter={filter} services={services} />
          <Thrashing filter={filter} services={services} />
        </div>
      </div>
      <PointedProvider value={pointed}>
        <GroupTimelines services={services} span={shown.span} onSpan={showSpan} />
      </PointedProvider>
    </div>
  );
}

interface PartProps {
  readonly filter: InsightFilter;
  readonly services: readonly Service[];
}

function Whole({ filter }: Pick<PartProps, "filter">) {
  const { answer: sums, failure, retry } = useFleetSums(filter);
  const shares = useMemo(() => (sums === undefined ? undefined : sharesOf(sums)), [sums]);
  return (
    <Panel
      name="All services together"
      tools={
        sums !== undefined && (
          <p className="text-xs text-ink-2">
            {sayCount(sums.services, "service")},{" "}
            {sayEnds({ from: Date.parse(sums.from), to: Date.parse(sums.to) })}
          </p>
        )
      }
    >
      {failure !== null && <Failed failure={failure} isOld={sums !== undefined} onRetry={retry} />}
      {shares === undefined ? (
        failure === null && <SharesSkeleton rows={8} />
      ) : shares.every(({ state, ms }) => state === null || ms === 0) ? (
        <Message title="Nothing was observed in this span." />
      ) : (
        <figure aria-label="Shares of the time" aria-description={saySharing(shares)}>
          <div className="px-4 pt-4 pb-1">
            <ShareBar shares={shares} />
          </div>
          <SharesTable name="Time in each state" shares={shares} withStays={false} />
        </figure>
      )}
    </Panel>
  );
}

function Groups({ filter, services }: PartProps) {
  const names = useMemo(() => valuesIn(services, ({ group }) => group), [services]);
  const [all, setAll] = useState(false);
  const shown = useMemo(() => (all ? names : names.slice(0, fewGroups)), [names, all]);
  const { answer, failure, retry } = useGroupSums(filter, shown);
  const groups = shown.map((group, at) => ({ group, sums: answer?.[at] }));
  const alone = services.filter(({ group }) => group === null).length;
  return (
    <Panel name="By group">
      {failure !== null && <Failed failure={failure} isOld={false} onRetry={retry} />}
      {names.length === 0 ? (
        <Message title="No groups">
          <p>
            Give services a <code className="font-mono text-ink">group</code> in signalbox.yaml, and each
            stands here.
          </p>
        </Message>
      ) : (
        <GroupTable groups={groups} />
      )}
      {(alone > 0 || names.length > shown.length) && names.length > 0 && (
        <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-2 text-xs text-ink-2">
          {names.length > shown.length && (
            <Button size="small" onClick={() => setAll(true)}>
              Show all {names.length} groups
            </Button>
          )}
          {alone > 0 && <span>{sayCount(alone, "service")} without a group: in the whole only.</span>}
        </div>
      )}
    </Panel>
  );
}

function Errors({ filter, services }: PartProps) {
  const { answer, failure, retry } = useErrorTimes(filter, services);
  return (
    <Panel name="Most time in Error">
      {failure !== null && <Failed failure={failure} isOld={answer !== undefined} onRetry={retry} />}
      {answer === undefined ? (
        failure === null && <SharesSkeleton rows={4} />
      ) : answer.times.length === 0 ? (
        <Message title="No service was in Error in this span." />
      ) : (
        <ErrorList times={answer.times.slice(0, fewServices)} search={writeSpan(filter.span).toString()} />
      )}
      {answer?.isCut && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-2">
          By the newest 1,000 entries into Error: a shorter span tells all of its own.
        </p>
      )}
    </Panel>
  );
}

function Failed(props: ComponentProps<typeof Failure>) {
  return (
    <div className="px-4">
      <Failure {...props} />
    </div>
  );
}

function Thrashing({ filter, services }: PartProps) {
  const thrashing = services
    .filter(({ thrash }) => thrash !== "none")
    .sort((left, right) => left.thrash.localeCompare(right.thrash) || left.name.localeCompare(right.name));
  return (
    <Panel name="Thrashing now">
      {thrashing.length === 0 ? (
        <Message title="No service thrashes now." />
      ) : (
        <ul aria-label="Thrashing now">
          {thrashing.slice(0, fewServices).map((service) => (
            <li key={service.id} className="insight-name">
              <ServiceNow service={service} search={writeSpan(filter.span).toString()} />
            </li>
          ))}
          {thrashing.length > fewServices && (
            <li className="insight-name text-ink-2">and {thrashing.length - fewServices} more</li>
          )}
        </ul>
      )}
    </Panel>
  );
}
