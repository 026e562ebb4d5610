import { toRfc3339 } from "../clock";
import { type AlertSubject, type Expectation, expectationFor } from "../insight/silences";
import type { Micros } from "../machine/types";
import type { Alert, AlertChange, AlertEvent, Severity, Silence } from "./alert";

/** An alert as it is stored, with what is known of the service it is about; instants in microseconds. */
export interface AlertRecord {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly host: string;
  /** Of the service; null where it is about none. */
  readonly name: string | null;
  readonly kind: string | null;
  readonly tags: readonly string[] | null;
  /** The alert's own group, or its service's. */
  readonly group: string | null;
  readonly since: Micros;
  readonly firedAt: Micros;
  readonly resolvedAt: Micros | null;
  readonly resolvedBecause: string | null;
  readonly summary: string;
  readonly why: string;
  readonly todo: string;
  readonly acknowledgedBy: string | null;
  readonly acknowledgedAt: Micros | null;
  readonly acknowledgedNote: string | null;
}

export interface SilenceRecord extends Expectation {
  readonly why: string;
  readonly createdBy: string;
  readonly createdAt: Micros;
  readonly endedBy: string | null;
}

/** What silences are held against. */
export function subjectOf({ rule, host, name, group, kind, tags }: AlertRecord): AlertSubject {
  const isAboutGroup = name === null && group !== null;
  const service = name === null ? null : `${host}/${name}`;
  return { rule, host: isAboutGroup ? null : host, service, group, kind, tags: tags ?? [] };
}

/** @returns the alert as the API and the feed tell it at `at`. @param silences those that may hold then. */
export function alertView(record: AlertRecord, silences: readonly SilenceRecord[], at: Micros): Alert {
  const subject = subjectOf(record);
  const { acknowledgedBy, acknowledgedAt, resolvedAt } = record;
  const silence = resolvedAt === null ? expectationFor("silence", subject, silences, at) : null;
  return {
    id: record.id,
    rule: record.rule,
    severity: record.severity,
    status: statusOf(record, silence !== null),
    host: record.host,
    service: subject.service,
    group: record.group,
    since: toRfc3339(record.since),
    firedAt: toRfc3339(record.firedAt),
    resolvedAt: resolvedAt === null ? null : toRfc3339(resolvedAt),
    resolvedBecause: record.resolvedBecause,
    summary: record.summary,
    why: record.why,
    todo: record.todo,
    acknowledged:
      acknowledgedBy === null || acknowledgedAt === null
        ? null
        : { by: acknowledgedBy, at: toRfc3339(acknowledgedAt), note: record.acknowledgedNote },
    silencedBy: silence && { id: silence.id, until: toRfc3339(silence.endsAt), why: silence.why },
  };
}

function statusOf({ resolvedAt, acknowledgedBy }: AlertRecord, silenced: boolean): Alert["status"] {
  if (resolvedAt !== null) return "resolved";
  if (silenced) return "silenced";
  return acknowledgedBy === null ? "firing" : "acknowledged";
}

export function alertEventView(row: {
  readonly at: Micros;
  readonly what: AlertChange;
  readonly actor: string | null;
  readonly note: string | null;
}): AlertEvent {
  return { at: toRfc3339(row.at), what: row.what, actor: row.actor, note: row.note };
}

export function silenceView(row: SilenceRecord): Silence {
  return {
    id: row.id,
    kind: row.kind,
    matcher: row.matcher,
    startsAt: toRfc3339(row.startsAt),
    endsAt: toRfc3339(row.endsAt),
    why: row.why,
    createdBy: row.createdBy,
    createdAt: toRfc3339(row.createdAt),
    endedBy: row.endedBy,
    endedAt: row.endedAt === null ? null : toRfc3339(row.endedAt),
  };
}
