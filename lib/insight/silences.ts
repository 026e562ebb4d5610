import type { Micros } from "../machine/types";
import type { Matcher, SilenceKind } from "../wire/alert";

/** What a matcher is held against: an alert, or what may become one. */
export interface AlertSubject {
  readonly rule: string;
  /** Null when it is about a group as a whole, which is on no single host. */
  readonly host: string | null;
  /** `host/name`; null when it is about the host or the group as a whole. */
  readonly service: string | null;
  readonly group: string | null;
  /** Of the service, and so are its tags. */
  readonly kind: string | null;
  readonly tags: readonly string[];
}

export interface Expectation {
  readonly id: string;
  readonly kind: SilenceKind;
  readonly matcher: Matcher;
  readonly startsAt: Micros;
  readonly endsAt: Micros;
  /** When somebody ended it before its time. */
  readonly endedAt: Micros | null;
}

/** All that the matcher gives has to fit; one that gives nothing fits nothing. */
export function matches(matcher: Matcher, subject: AlertSubject): boolean {
  const { tag, ...rest } = matcher;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined) as [
    keyof typeof rest,
    string,
  ][];
  if (given.length === 0 && tag === undefined) return false;
  if (tag !== undefined && !subject.tags.includes(tag)) return false;
  return given.every(([key, value]) => subject[key] === value);
}

export function isInForce({ startsAt, endsAt, endedAt }: Expectation, at: Micros): boolean {
  return startsAt <= at && at < endsAt && (endedAt === null || at < endedAt);
}

/** The one of this kind that holds for the subject at `at`, of several the one that lasts longest. */
export function expectationFor<E extends Expectation>(
  kind: SilenceKind,
  subject: AlertSubject,
  all: readonly E[],
  at: Micros,
): E | null {
  const fitting = all.filter(
    (one) => one.kind === kind && isInForce(one, at) && matches(one.matcher, subject),
  );
  return fitting.reduce<E | null>(
    (longest, one) => (longest === null || one.endsAt > longest.endsAt ? one : longest),
    null,
  );
}

/** When after `at` one of them next begins or ends; null where none does. */
export function nextTurn(all: readonly Expectation[], at: Micros): Micros | null {
  const turns = all
    .flatMap(({ startsAt, endsAt, endedAt }) => (endedAt === null ? [startsAt, endsAt] : []))
    .filter((turn) => turn > at);
  return turns.length === 0 ? null : Math.min(...turns);
}
