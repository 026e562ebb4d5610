"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import type { Alert } from "@/lib/wire/alert";
import { formatSpan } from "../ui/format-span";
import { Icon } from "../ui/icons";
import { Instant } from "../ui/instant";
import { TickingSpan } from "../ui/ticking-span";
import { aboutOf } from "./alert-href";

/** What an alert is about, as the way there: a service, a group, or a host as a whole. */
export function AlertLink({ alert }: { alert: Alert }) {
  const { name, place, href } = aboutOf(alert);
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      <Link data-alert-link href={href} prefetch={false} className="font-medium text-ink hover:underline">
        {name}
      </Link>{" "}
      <span className="text-xs text-ink-3">{place}</span>
    </span>
  );
}

/** Who has it, what it is expected for, or how it ended; nothing of an alert that only fires. */
export function AlertStand({ alert, today }: { alert: Alert; today: string | null }) {
  const { acknowledged, silencedBy, resolvedAt, resolvedBecause, since } = alert;
  return (
    <>
      {acknowledged !== null && (
        <Line icon="person">
          {resolvedAt === null ? (
            <>
              Acknowledged by <Strong>{acknowledged.by}</Strong> <TickingSpan since={acknowledged.at} /> ago
            </>
          ) : (
            <>
              Was acknowledged by <Strong>{acknowledged.by}</Strong>
            </>
          )}
          {acknowledged.note !== null && <>: “{acknowledged.note}”</>}
        </Line>
      )}
      {silencedBy !== null && resolvedAt === null && (
        <Line icon="bell-off">
          Silenced until <Instant at={silencedBy.until} today={today} toMinute />: {silencedBy.why}
        </Line>
      )}
      {resolvedAt !== null && (
        <Line icon="tick">
          Resolved <Instant at={resolvedAt} today={today} />, after{" "}
          {formatSpan(Date.parse(resolvedAt) - Date.parse(since))}
          {resolvedBecause !== null && <>: {resolvedBecause}</>}
        </Line>
      )}
    </>
  );
}

function Line({ icon, children }: { icon: "person" | "bell-off" | "tick"; children: ReactNode }) {
  return (
    <p className="flex items-baseline gap-1.5 text-xs text-ink-2">
      <Icon name={icon} size={12} className="translate-y-0.5 text-ink-3" />
      <span>{children}</span>
    </p>
  );
}

function Strong({ children }: { children: ReactNode }) {
  return <span className="font-medium text-ink">{children}</span>;
}
