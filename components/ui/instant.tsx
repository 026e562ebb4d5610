"use client";

import { formatInstant } from "./format-instant";
import { useHydrated } from "./use-hydrated";

interface InstantProps {
  readonly at: string;
  /** A day, as `formatInstant` writes it, that goes without saying, as does its year; `null` leaves out all. */
  readonly today?: string | null;
  /** For what was planned by people: they plan by the minute. */
  readonly toMinute?: boolean;
}

/** An exact instant in the reader's zone (UTC until the browser's is known); both on pointing at it. */
export function Instant({ at, today, toMinute = false }: InstantProps) {
  const zone = useHydrated() ? undefined : "UTC";
  const { day, time, exact } = formatInstant(at, zone);
  const year = today?.slice(-5);
  return (
    <time dateTime={at} title={exact}>
      {today !== null && day !== today && (
        <span className="text-ink-3">
          {year !== undefined && day.endsWith(year) ? day.slice(0, -5) : day}{" "}
        </span>
      )}
      {toMinute ? time.slice(0, 5) : time}
    </time>
  );
}
