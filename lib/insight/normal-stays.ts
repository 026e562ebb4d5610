import type { StateDefinition } from "../machine/types";
import type { NormalStay } from "../wire/insight";
import { rankOf } from "./rank";

/** With fewer past stays history does not speak: the 95th percentile would be the longest of them. */
const fewestStays = 20;

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
    const lengths = [...(recent.get(name) ?? [])].sort((a, b) => a - b);
    const p95Ms = rankOf(lengths, 0.95);
    if (p95Ms !== null && lengths.length >= fewestStays) {
      const medianMs = rankOf(lengths, 0.5);
      return [{ state: name, basis: "history", stays: lengths.length, medianMs, p95Ms }];
    }
    if (!typicalDuration) return [];
    const { maxMs } = typicalDuration;
    return [{ state: name, basis: "specification", stays: 0, medianMs: null, p95Ms: maxMs }];
  });
}
