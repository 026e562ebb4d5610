import type { StateDefinition } from "../machine/types";
import type { NormalStay } from "../wire/insight";
import { rankOf } from "./rank";

/** With fewer past stays history does not speak: the 95th percentile would be the longest of them. */
const fewestStays = 20;

export interface UsualStay {
  readonly stays: number;
  readonly medianMs: number;
  /** 95 of 100 were not longer. */
  readonly p95Ms: number;
}

/** What past stays say is usual; null as long as they are too few. @param lengths in ms, in any order. */
export function usualStay(lengths: readonly number[]): UsualStay | null {
  if (lengths.length < fewestStays) return null;
  const sorted = [...lengths].sort((a, b) => a - b);
  const [medianMs, p95Ms] = [rankOf(sorted, 0.5), rankOf(sorted, 0.95)];
  return medianMs === null || p95Ms === null ? null : { stays: lengths.length, medianMs, p95Ms };
}

/**
 * How long a service usually stays in each state: by its own past stays, or as long as there are few
 * of them by the specification's "Typical Duration". States of which neither tells are left out.
 * @param recent lengths in ms of the newest stays in each state, in any order.
 */
export function normalStays(
  states: readonly Pick<StateDefinition, "name" | "typicalDuration">[],
  recent: ReadonlyMap<string, readonly number[]>,
): NormalStay[] {
  return states.flatMap(({ name, typicalDuration }): NormalStay[] => {
    const usual = usualStay(recent.get(name) ?? []);
    if (usual) return [{ state: name, basis: "history", ...usual }];
    if (!typicalDuration) return [];
    const { maxMs } = typicalDuration;
    return [{ state: name, basis: "specification", stays: 0, medianMs: null, p95Ms: maxMs }];
  });
}
