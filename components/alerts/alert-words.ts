import type { Alert, AlertChange, Matcher, Severity, Silence } from "@/lib/wire/alert";

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: "Critical",
  warning: "Warning",
  info: "Info",
};

/** The ink of a severity; its shape and its word stand beside it. */
export const severityInks: Readonly<Record<Severity, string>> = {
  critical: "text-error",
  warning: "text-warning",
  info: "text-accent",
};

export const statusWords: Readonly<Record<Alert["status"], string>> = {
  firing: "Firing",
  acknowledged: "Acknowledged",
  silenced: "Silenced",
  resolved: "Resolved",
};

/** What became of an alert, for its own history. */
export const changeWords: Readonly<Record<AlertChange, string>> = {
  fired: "Fired",
  acknowledged: "Acknowledged",
  unacknowledged: "Acknowledgement taken back",
  silenced: "Silenced",
  unsilenced: "No longer silenced",
  resolved: "Resolved",
};

/** "1 alert fires", "12 alerts fire". */
export function sayFiring(count: number): string {
  return count === 1 ? "1 alert fires" : `${count} alerts fire`;
}

/** "3 critical", "1 warning", "2 warnings". */
export function sayCount(severity: Severity, count: number): string {
  const word = severityWords[severity].toLowerCase();
  return `${count} ${severity === "warning" && count !== 1 ? `${word}s` : word}`;
}

/** An alert's sentence beside the name of what it is about: it need not begin with it once more. */
export function summaryBeside({ service, host, group, summary }: Alert): string {
  const about = service ?? group ?? host;
  if (!summary.startsWith(about)) return summary;
  return summary.slice(about.length).replace(/^:? +/, "") || summary;
}

/** An alert's sentence as a part of another one. */
export function summaryWithin({ summary }: Alert): string {
  return summary.replace(/\.$/, "");
}

const matcherKeys = [
  "service",
  "group",
  "host",
  "tag",
  "kind",
  "rule",
] as const satisfies readonly (keyof Matcher)[];

/** What a silence is about: "service here/web, rule error". */
export function sayMatcher(matcher: Matcher): string {
  return matcherKeys
    .flatMap((key) => (matcher[key] === undefined ? [] : [`${key} ${matcher[key]}`]))
    .join(", ");
}

export type Standing = "coming" | "running" | "over";

/** How a silence stands at `now`, in ms by the server's clock. */
export function standingOf({ startsAt, endsAt, endedAt }: Silence, now: number): Standing {
  if (endedAt !== null || Date.parse(endsAt) <= now) return "over";
  return Date.parse(startsAt) > now ? "coming" : "running";
}
