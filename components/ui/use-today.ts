"use client";

import { useTicking } from "./clock";
import { formatInstant } from "./format-instant";
import { useHydrated } from "./use-hydrated";

const dayOf = (_now: number, serverNow: number) => formatInstant(new Date(serverNow).toISOString()).day;

/** The reader's current day, as `formatInstant` writes it; `null` until the reader's zone is known. */
export function useToday(): string | null {
  const day = useTicking(dayOf);
  return useHydrated() ? day : null;
}
