import type { NormalStay } from "@/lib/wire/insight";
import { formatExactSpan, formatSpan } from "../ui/format-span";

/** States that a service is meant to stay in: long is not unusual there. */
const resting = new Set(["Stopped", "Running", "Synced", "Consensus", "Connected"]);

/** Whether a stay of this length is longer than 95 of 100 were, in a state that is to pass. */
export function isUnusual(stay: NormalStay, lastedMs: number): boolean {
  return !resting.has(stay.state) && lastedMs > stay.p95Ms;
}

/** How long such a stay usually is; `specified` is the specification's own words, where they stand in. */
export function sayUsual(stay: NormalStay, specified: string | undefined): string {
  switch (stay.basis) {
    case "history": {
      const under = `95 % under ${sayStay(stay.p95Ms)}`;
      return stay.medianMs === null ? `usually ${under}` : `usually ${sayStay(stay.medianMs)}, ${under}`;
    }
    case "specification":
      return `the specification says ${specified ?? `up to ${sayStay(stay.p95Ms)}`}`;
  }
}

/** Tenths of a second matter of a short stay only. */
function sayStay(ms: number): string {
  return ms < 10_000 ? formatExactSpan(ms) : formatSpan(ms);
}
