import { and, asc, eq, gt, gte, lte } from "drizzle-orm";
import type { Subject } from "../../lib/notify/route";
import type { Matcher } from "../../lib/wire/alert";
import { alert, alertEvent, silence } from "../alert-schema";
import type { Handle } from "../open";
import { service } from "../schema";

/** An event of an alert, with all that is needed to tell it. */
export interface UntoldEvent {
  readonly event: typeof alertEvent.$inferSelect;
  readonly alert: typeof alert.$inferSelect;
  readonly subject: Subject;
  readonly runbook: string | null;
}

/** What became of alerts after the event `after` and up to `last`, in the order of ids. */
export async function readEventsAfter(
  db: Handle,
  after: number,
  last: number,
  limit: number,
): Promise<UntoldEvent[]> {
  const rows = await db
    .select({ event: alertEvent, alert, service })
    .from(alertEvent)
    .innerJoin(alert, eq(alert.id, alertEvent.alertId))
    .leftJoin(service, eq(service.id, alert.serviceId))
    .where(and(gt(alertEvent.id, after), lte(alertEvent.id, last)))
    .orderBy(asc(alertEvent.id))
    .limit(limit);
  return rows.map((row) => ({
    event: row.event,
    alert: row.alert,
    subject: subjectOf(row.alert, row.service),
    runbook: row.service?.settings.runbook ?? null,
  }));
}

export function subjectOf(
  row: typeof alert.$inferSelect,
  about: typeof service.$inferSelect | null,
): Subject {
  return {
    rule: row.rule,
    severity: row.severity,
    host: row.host,
    service: about === null ? null : `${about.host}/${about.name}`,
    group: row.groupName ?? about?.groupName ?? null,
    tags: about?.tags ?? [],
    kind: about?.kind ?? null,
  };
}

export interface SilenceSpan {
  readonly matcher: Matcher;
  readonly from: number;
  readonly to: number;
}

/** The silences that held at some time of this span, by when they began and ended in fact. */
export async function readSilences(db: Handle, from: number, to: number): Promise<SilenceSpan[]> {
  const rows = await db
    .select()
    .from(silence)
    .where(and(eq(silence.kind, "silence"), lte(silence.startsAt, to), gte(silence.endsAt, from)));
  return rows.map(({ matcher, startsAt, endsAt, endedAt }) => ({
    matcher,
    from: startsAt,
    to: Math.min(endsAt, endedAt ?? endsAt),
  }));
}
