import type { Alert, Severity } from "@/lib/wire/alert";

/** The worst first. Typed here, because the wire schemas would bring their parser into every page. */
export const severities = ["critical", "warning", "info"] as const satisfies readonly Severity[];

/** What needs a person now: nobody has it, and nothing says that it is expected. Worst first, then newest. */
export function firingAlerts(open: readonly Alert[]): readonly Alert[] {
  return open.filter(({ status }) => status === "firing").sort(worstFirst);
}

/** What still holds, but somebody has it, or it is expected. Worst first, then newest. */
export function heldAlerts(open: readonly Alert[]): readonly Alert[] {
  return open.filter(({ status }) => status === "acknowledged" || status === "silenced").sort(worstFirst);
}

/**
 * What was: those that were resolved since the page was loaded, the last one first, then the pages of
 * the server in their own order, without those.
 */
export function pastAlerts(just: readonly Alert[], loaded: readonly Alert[]): readonly Alert[] {
  const known = new Set(just.map(({ id }) => id));
  return [...just, ...loaded.filter(({ id }) => !known.has(id))];
}

/** How many there are of each severity that there is, the worst first. */
export function countBySeverity(
  alerts: readonly Alert[],
): readonly { severity: Alert["severity"]; count: number }[] {
  return severities
    .map((severity) => ({ severity, count: alerts.filter((alert) => alert.severity === severity).length }))
    .filter(({ count }) => count > 0);
}

function worstFirst(left: Alert, right: Alert): number {
  return (
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    compareDown(left.firedAt, right.firedAt) ||
    compareDown(right.id, left.id)
  );
}

/** RFC 3339 instants of one form sort as texts. */
function compareDown(left: string, right: string): number {
  return left === right ? 0 : left < right ? 1 : -1;
}
