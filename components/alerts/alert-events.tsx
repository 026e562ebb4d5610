"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Alert, AlertEvent } from "@/lib/wire/alert";
import { readJson } from "../live/read-json";
import { Button } from "../ui/button";
import { Instant } from "../ui/instant";
import { Skeleton } from "../ui/skeleton";
import { changeWords } from "./alert-words";

/** What became of one alert, through whom and when, the oldest first. Asked for when it is shown. */
export function AlertEvents({ alert, today }: { alert: Alert; today: string | null }) {
  // Whatever becomes of it, the feed tells it as it is then: its history is asked for anew.
  const stand = [alert.status, alert.acknowledged?.at, alert.silencedBy?.id, alert.resolvedAt].join(" ");
  const read = useQuery({
    queryKey: ["alert events", alert.id, stand],
    queryFn: ({ signal }) =>
      readJson<{ events: readonly AlertEvent[] }>(`/api/v1/alerts/${encodeURIComponent(alert.id)}`, signal),
    placeholderData: keepPreviousData,
  });
  if (read.data === undefined) {
    if (read.error === null) return <Skeleton className="h-5 w-64" />;
    return (
      <p role="status" className="flex flex-wrap items-center gap-2 text-xs text-error">
        Its history could not be read. {read.error.message}
        <Button size="small" onClick={() => void read.refetch()}>
          Try again
        </Button>
      </p>
    );
  }
  return (
    <ol aria-label="What became of it" className="flex flex-col gap-1 text-xs">
      {read.data.events.map(({ at, what, actor, note }) => (
        <li key={`${at} ${what}`} className="flex flex-wrap gap-x-2">
          <span className="text-ink-3">
            <Instant at={at} today={today} />
          </span>
          <span className="text-ink">
            {changeWords[what]}
            {actor !== null && ` by ${actor}`}
          </span>
          {note !== null && note !== "" && <span className="text-ink-2">{note}</span>}
        </li>
      ))}
    </ol>
  );
}
