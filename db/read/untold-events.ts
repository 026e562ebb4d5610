import { and, asc, eq, exists, gt, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Subject } from "../../lib/notify/route";
import { alert, alertEvent } from "../alert-schema";
import type { Handle } from "../open";
import { service } from "../schema";

/** An event of an alert, with all that is needed to tell it. */
export interface UntoldEvent {
  readonly event: typeof alertEvent.$inferSelect;
  readonly alert: typeof alert.$inferSelect;
  readonly subject: Subject;
  readonly runbook: string | null;
  /** It was silenced in the moment in which it fired. */
  readonly bornSilent: boolean;
}

/** What became of alerts after the event `after` and up to `last`, in the order of ids. */
export async function readEventsAfter(
  db: Handle,
  after: number,
  last: number,
  limit: number,
): Promise<UntoldEvent[]> {
  const other = alias(alertEvent, "other");
  const silencedAtOnce = db
    .select({ one: sql`1` })
    .from(other)
    .where(
      and(
        eq(other.alertId, alertEvent.alertId),
        eq(other.at, alertEvent.at),
        eq(other.what, "silenced"),
        eq(alertEvent.what, "fired"),
      ),
    );
  const rows = await db
    .select({ event: alertEvent, alert, service, bornSilent: sql<boolean>`${exists(silencedAtOnce)}` })
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
    bornSilent: row.bornSilent,
  }));
}

export function subjectOf(
  row: typeof alert.$inferSelect,
  about: typeof service.$inferSelect | null,
): Subject {
  return {
    rule: row.rule,
    severity: row.severity,
    host: row.groupName === null ? row.host : null,
    service: about === null ? null : `${about.host}/${about.name}`,
    group: row.groupName ?? about?.groupName ?? null,
    tags: about?.tags ?? [],
    kind: about?.kind ?? null,
  };
}
