"use client";

import { createContext, use, useCallback, useSyncExternalStore } from "react";
import { overlap } from "./hit";
import type { Pointed } from "./pointed";
import type { Ends } from "./span";

/** Stands around what shares one time axis; without it nothing is marked. */
const PointedContext = createContext<Pointed | null>(null);
export const PointedProvider = PointedContext.Provider;

const never = () => () => undefined;

/** What is pointed at now, by whichever view. */
export function usePointed(): Ends | null {
  const pointed = use(PointedContext);
  return useSyncExternalStore(
    pointed?.subscribe ?? never,
    () => pointed?.get() ?? null,
    () => null,
  );
}

/** Says what is pointed at; `null` when nothing is any more. */
export function usePoint(): (next: Ends | null) => void {
  const pointed = use(PointedContext);
  return useCallback((next: Ends | null) => pointed?.set(next), [pointed]);
}

/** Whether something else points at this time; wakes only when that changes. @param at in ms. */
export function useIsPointedAt(at: number): boolean {
  const pointed = use(PointedContext);
  return useSyncExternalStore(
    pointed?.subscribe ?? never,
    () => {
      const now = pointed?.get() ?? null;
      return now !== null && overlap(now, { from: at, to: at });
    },
    () => false,
  );
}
