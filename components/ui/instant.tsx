"use client";

import { formatInstant } from "./format-instant";
import { useHydrated } from "./use-hydrated";

/** An exact instant in the reader's zone (UTC until the browser's is known); both on pointing at it. */
export function Instant({ at, className }: { at: string; className?: string }) {
  const zone = useHydrated() ? undefined : "UTC";
  const { day, time, exact } = formatInstant(at, zone);
  return (
    <time dateTime={at} title={exact} className={className}>
      <span className="text-ink-3">{day}</span> {time}
    </time>
  );
}
