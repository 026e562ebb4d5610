"use client";

import type { Alert } from "@/lib/wire/alert";
import type { AlertsKnown } from "../live/alert-book";
import { Button } from "../ui/button";
import { Icon } from "../ui/icons";
import { Message } from "../ui/message";
import { Panel } from "../ui/panel";
import { Skeleton } from "../ui/skeleton";
import { TickingSpan } from "../ui/ticking-span";
import { AlertList } from "./alert-list";
import { countBySeverity, firingAlerts } from "./alert-order";
import { sayCount, sayFiring, summaryWithin } from "./alert-words";

interface FiringPanelProps {
  /** What is shown of what fires. */
  readonly firing: readonly Alert[];
  /** Every open alert, whatever the filter says. */
  readonly open: readonly Alert[];
  /** The newest of what was, as far as it is known. */
  readonly last: Alert | null;
  readonly known: AlertsKnown;
  readonly filtered: boolean;
  readonly onClear: () => void;
}

/** What needs a person now; said politely when it changes. */
export function FiringPanel({ firing, open, last, known, filtered, onClear }: FiringPanelProps) {
  const all = firingAlerts(open).length;
  return (
    <Panel
      name="Firing"
      tools={
        <p role="status" aria-label="What fires" className="text-xs text-ink-2">
          {known.tag === "asking" ? "" : sayCounts(firing, all)}
        </p>
      }
    >
      {known.tag === "failed" && (
        <p role="alert" className="border-b border-line px-4 py-2.5 text-sm text-error">
          The open alerts could not be read: {known.why} What is shown may be incomplete. It is tried again
          all the time; alerts fire and are told all the same.
        </p>
      )}
      {firing.length > 0 ? (
        <AlertList name="Firing alerts" alerts={firing} />
      ) : known.tag === "asking" ? (
        <Waiting />
      ) : known.tag === "failed" ? null : all > 0 || filtered ? (
        <NoMatch hidden={all} onClear={onClear} />
      ) : (
        <Nothing last={last} />
      )}
    </Panel>
  );
}

function sayCounts(firing: readonly Alert[], all: number): string {
  if (firing.length === 0) return all === 0 ? "Nothing fires" : `${sayFiring(all)}, not shown here`;
  const counts = countBySeverity(firing).map(({ severity, count }) => sayCount(severity, count));
  const rest = all - firing.length;
  return `${counts.join(", ")}${rest > 0 ? `; ${rest} more not shown here` : ""}`;
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-3 p-4">
      <Skeleton className="h-6" />
      <Skeleton className="h-6" />
      <Skeleton className="h-6" />
    </div>
  );
}

/** A filter that hides what fires says so. */
function NoMatch({ hidden, onClear }: { hidden: number; onClear: () => void }) {
  return (
    <Message
      title={hidden > 0 ? `${sayFiring(hidden)}, and none of them matches` : "Nothing that fires matches"}
    >
      <Button onClick={onClear}>Show all alerts</Button>
    </Message>
  );
}

function Nothing({ last }: { last: Alert | null }) {
  return (
    <Message title="Nothing needs you." icon={<Icon name="tick" size={20} className="text-good" />}>
      {last?.resolvedAt ? (
        <p>
          Last alert: {summaryWithin(last)}; resolved <TickingSpan since={last.resolvedAt} /> ago.
        </p>
      ) : (
        <p>An alert stands here as soon as it fires.</p>
      )}
    </Message>
  );
}
