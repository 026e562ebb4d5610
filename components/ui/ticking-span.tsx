"use client";

import { useCallback } from "react";
import { useTicking } from "./clock";
import { formatInstant } from "./format-instant";
import { formatSpan } from "./format-span";
import { useHydrated } from "./use-hydrated";

/**
 * How long since an instant, ticking; pointing at it shows the instant itself. It is no live region
 * wherever it stands: a screen reader is not told every second.
 */
export function TickingSpan({ since, className }: { since: string; className?: string }) {
  const from = Date.parse(since);
  const zone = useHydrated() ? undefined : "UTC";
  const text = useTicking(
    useCallback((_now: number, serverNow: number) => formatSpan(serverNow - from), [from]),
  );
  return (
    <time
      dateTime={since}
      title={formatInstant(since, zone).exact}
      className={className}
      aria-live="off"
      suppressHydrationWarning
    >
      {text}
    </time>
  );
}
