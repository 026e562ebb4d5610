"use client";

import { useCallback } from "react";
import { useTicking } from "./clock";
import { formatInstant } from "./format-instant";
import { formatSpan } from "./format-span";
import { useHydrated } from "./use-hydrated";

interface CountdownProps {
  readonly until: string;
  /** What is said before the span that is left: "expires in". */
  readonly before: string;
  /** What is said once the instant is over. */
  readonly over: string;
}

/** How long until an instant, ticking; like `TickingSpan` it is no live region. */
export function Countdown({ until, before, over }: CountdownProps) {
  const due = Date.parse(until);
  const zone = useHydrated() ? undefined : "UTC";
  const text = useTicking(
    useCallback(
      (_now: number, serverNow: number) =>
        due > serverNow ? `${before} ${formatSpan(due - serverNow + 999)}` : over,
      [due, before, over],
    ),
  );
  return (
    <time dateTime={until} title={formatInstant(until, zone).exact} aria-live="off" suppressHydrationWarning>
      {text}
    </time>
  );
}
