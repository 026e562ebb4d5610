import { isAboutGroup } from "@/lib/wire/about-group";
import type { Alert, Matcher, SilenceKind } from "@/lib/wire/alert";

export const lastings = ["30m", "2h", "8h", "until"] as const;
export type Lasting = (typeof lastings)[number];

export const lastingMs: Readonly<Record<Exclude<Lasting, "until">, number>> = {
  "30m": 30 * 60_000,
  "2h": 2 * 3_600_000,
  "8h": 8 * 3_600_000,
};

/** What somebody has typed of when and why; instants as a `datetime-local` field has them. */
export interface SpanDraft {
  /** Empty: from now on. */
  readonly starts: string;
  readonly lasting: Lasting;
  readonly until: string;
  readonly why: string;
}

export const emptySpan: SpanDraft = { starts: "", lasting: "2h", until: "", why: "" };

/** What is wrong with a field, in words that say what to do. */
export type DraftProblems = Partial<Record<"what" | "starts" | "until" | "why", string>>;

/** The body of `POST /api/v1/silences`. */
export interface ExpectedRequest {
  readonly kind: SilenceKind;
  readonly matcher: Matcher;
  readonly why: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly forMs?: number;
}

/**
 * The request that a draft stands for, or what is wrong with it.
 * @param matcher `null` while nothing was chosen. @param now in ms, by the server's clock.
 */
export function requestOf(
  kind: SilenceKind,
  matcher: Matcher | null,
  draft: SpanDraft,
  now: number,
): { readonly request: ExpectedRequest } | { readonly problems: DraftProblems } {
  const starts = draft.starts === "" ? null : Date.parse(draft.starts);
  const until = Date.parse(draft.until);
  const problems: DraftProblems = {
    ...(matcher === null ? { what: "Choose what it is about." } : {}),
    ...startProblem(starts),
    ...(draft.lasting === "until" ? untilProblem(until, starts, now) : {}),
    ...(draft.why.trim() === "" ? { why: "Say why: whoever sees it next asks that first." } : {}),
  };
  if (matcher === null || Object.keys(problems).length > 0) return { problems };
  const why = draft.why.trim();
  return { request: { kind, matcher, why, ...spanOf(draft.lasting, starts, until) } };
}

function startProblem(starts: number | null): DraftProblems {
  return starts !== null && Number.isNaN(starts) ? { starts: "Give a day and a time." } : {};
}

function untilProblem(until: number, starts: number | null, now: number): DraftProblems {
  if (Number.isNaN(until)) return { until: "Give a day and a time." };
  if (until <= now) return { until: "This is over already: give a time that is still to come." };
  return starts !== null && until <= starts ? { until: "It would end before it begins." } : {};
}

/** A span from now on is told as a span: the server's clock says from when. */
function spanOf(
  lasting: Lasting,
  starts: number | null,
  until: number,
): Pick<ExpectedRequest, "startsAt" | "endsAt" | "forMs"> {
  const startsAt = starts === null ? {} : { startsAt: new Date(starts).toISOString() };
  if (lasting === "until") return { ...startsAt, endsAt: new Date(until).toISOString() };
  const forMs = lastingMs[lasting];
  return starts === null ? { forMs } : { ...startsAt, endsAt: new Date(starts + forMs).toISOString() };
}

export type Scope = "service" | "group" | "host" | "rule";

/** What an alert can be silenced by, the narrowest first. */
export function scopesOf(alert: Alert): readonly Scope[] {
  return [
    ...(alert.service === null ? [] : (["service"] as const)),
    ...(alert.group === null ? [] : (["group"] as const)),
    ...(isAboutGroup(alert) ? [] : (["host"] as const)),
    "rule",
  ];
}

/** The matcher of a scope of this alert. @param onlyRule whether other rules go on telling there. */
export function matcherOf(alert: Alert, scope: Scope, onlyRule: boolean): Matcher {
  const rule = onlyRule ? { rule: alert.rule } : {};
  switch (scope) {
    case "service":
      return alert.service === null ? { rule: alert.rule } : { service: alert.service, ...rule };
    case "group":
      return alert.group === null ? { rule: alert.rule } : { group: alert.group, ...rule };
    case "host":
      return { host: alert.host, ...rule };
    case "rule":
      return { rule: alert.rule };
  }
}
