"use client";

import Link from "next/link";
import { Suspense, useDeferredValue, useMemo } from "react";
import { groupHref } from "../groups/group-href";
import { StripsProvider } from "../insight/fleet-strips";
import { useFleetIndex } from "../live/use-fleet";
import { Button } from "../ui/button";
import { Message } from "../ui/message";
import { AttentionLine } from "./attention-line";
import { matches } from "./fleet-filter";
import { fleetRows, ungrouped } from "./fleet-rows";
import { FleetToolbar } from "./fleet-toolbar";
import { LazyWall } from "./lazy-wall";
import { ServiceTable } from "./service-table";
import { StateChips } from "./state-chips";
import { useFleetFilter } from "./use-fleet-filter";

/** The whole fleet: how many are in which state, what needs a person, and every service. */
export function FleetPage() {
  return (
    <Suspense>
      <FleetView />
    </Suspense>
  );
}

function FleetView() {
  const [filter, change] = useFleetFilter();
  const shown = useDeferredValue(filter);
  const services = useFleetIndex(shown.states.length > 0);
  const { rows, only } = useMemo(() => {
    const all = fleetRows(services.filter(matches(shown)), shown.by);
    const [first, ...others] = all.filter((row) => row.tag === "group");
    if (others.length > 0) return { rows: all, only: null };
    // One heading alone says nothing: a group's name is then the way to its own page.
    const isGroup = shown.by === "group" && first !== undefined && first.group !== ungrouped;
    return { rows: all.filter((row) => row.tag !== "group"), only: isGroup ? first.group : null };
  }, [services, shown]);
  const size = rows.reduce((sum, row) => sum + (row.tag === "service" ? 1 : 0), 0);
  const showHost = useMemo(
    () => shown.by !== "host" && services.some((service) => service.host !== services[0]?.host),
    [services, shown.by],
  );

  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <h1 className="text-xl font-semibold tracking-tight">Fleet</h1>
        <AttentionLine />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StateChips chosen={filter.states} onChange={(states) => change({ states })} />
        {only !== null && (
          <Link
            href={groupHref(only)}
            prefetch={false}
            className="min-w-0 truncate text-sm text-accent underline underline-offset-3"
          >
            Group {only}
          </Link>
        )}
        <FleetToolbar filter={filter} onChange={change} />
      </div>
      <p role="status" aria-label="Result" className="sr-only">
        {filter.query === "" && filter.states.length === 0 ? "" : `${size} of ${services.length} services`}
      </p>
      {size > 0 ? (
        shown.view === "wall" ? (
          <LazyWall rows={rows} size={size} />
        ) : (
          <StripsProvider>
            <ServiceTable rows={rows} by={shown.by} size={size} showHost={showHost} />
          </StripsProvider>
        )
      ) : (
        <div className="rounded-lg border border-line bg-surface">
          {services.length === 0 ? (
            <NoServices />
          ) : (
            <NoMatch onClear={() => change({ states: [], query: "" })} />
          )}
        </div>
      )}
    </div>
  );
}

function NoServices() {
  return (
    <Message title="No services yet">
      <p>
        Name a host and a service in <code className="font-mono text-ink">signalbox.yaml</code>. The file is
        read again when it changes: they appear here by themselves.
      </p>
    </Message>
  );
}

function NoMatch({ onClear }: { onClear: () => void }) {
  return (
    <Message title="No service matches">
      <Button onClick={onClear}>Show all services</Button>
    </Message>
  );
}
