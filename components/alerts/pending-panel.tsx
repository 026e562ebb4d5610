"use client";

import Link from "next/link";
import { useCallback } from "react";
import type { PendingAlert } from "@/lib/wire/alert";
import { partsOfId, serviceHref } from "../service/service-href";
import { useTicking } from "../ui/clock";
import { formatSpan } from "../ui/format-span";
import { Panel } from "../ui/panel";
import { TickingSpan } from "../ui/ticking-span";
import { type AlertFilter, isPendingShown } from "./alert-filter";
import { SeverityMark } from "./severity-mark";
import { usePendingAlerts } from "./use-pending-alerts";

/** The first few say what comes; a whole fleet that starts is no list to read. */
const mostShown = 8;

/** What fires soon if nothing changes: a person who is here anyway can be faster than the alert. */
export function PendingPanel({ filter }: { filter: AlertFilter }) {
  const pending = usePendingAlerts().filter((each) => isPendingShown(filter, each));
  if (pending.length === 0) return null;
  const rest = pending.length - mostShown;
  return (
    <Panel name="About to fire" tools={<span className="text-xs text-ink-3">{pending.length}</span>}>
      <ul aria-label="Alerts about to fire" className="text-sm">
        {pending.slice(0, mostShown).map((each) => (
          <PendingEntry key={`${each.service} ${each.rule}`} pending={each} />
        ))}
      </ul>
      {rest > 0 && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-3">and {rest} more, later</p>
      )}
    </Panel>
  );
}

function PendingEntry({ pending }: { pending: PendingAlert }) {
  const { service, severity, state, since, firesAt } = pending;
  const due = Date.parse(firesAt);
  const rest = useTicking(
    useCallback(
      (_now: number, serverNow: number) => (due > serverNow ? `in ${formatSpan(due - serverNow)}` : "now"),
      [due],
    ),
  );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 border-t border-line px-4 py-2 first:border-t-0">
      <span className="w-20">
        <SeverityMark severity={severity} faint />
      </span>
      <Link href={serviceHref(partsOfId(service))} className="font-medium text-ink hover:underline">
        {service}
      </Link>
      <span className="text-ink-2">
        {state} for <TickingSpan since={since} />
      </span>
      <span className="ml-auto text-ink-2" aria-live="off" suppressHydrationWarning>
        fires {rest}
      </span>
    </li>
  );
}
