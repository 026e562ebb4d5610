"use client";

import { useIsPointedAt, usePoint } from "./use-pointed";

/**
 * What a row of the history carries: marked while a chart points at its instant, and pointed at itself
 * it is marked in the charts. @param at the move's instant.
 */
export function useMarkedMove(at: string) {
  const instant = Date.parse(at);
  const isMarked = useIsPointedAt(instant);
  const point = usePoint();
  const aim = () => point({ from: instant, to: instant });
  const leave = () => point(null);
  return {
    "data-move-at": instant,
    "aria-current": isMarked ? ("true" as const) : undefined,
    onPointerEnter: aim,
    onPointerLeave: leave,
    onFocus: aim,
    onBlur: leave,
  };
}
