import { and, eq, exists, isNull, sql } from "drizzle-orm";
import type { Alert } from "../../lib/wire/alert";
import { alertAsOf } from "../../lib/wire/alert-as-told";
import { alert, notification } from "../alert-schema";
import type { Handle } from "../open";
import { service } from "../schema";
import { subjectOf } from "./untold-events";

/** The alerts that hold and were told through this channel. */
export async function readToldFiring(db: Handle, channel: string, at: number): Promise<Alert[]> {
  const told = db
    .select({ one: sql`1` })
    .from(notification)
    .where(
      and(
        eq(notification.alertId, alert.id),
        eq(notification.channel, channel),
        eq(notification.status, "sent"),
      ),
    );
  const rows = await db
    .select({ alert, service })
    .from(alert)
    .leftJoin(service, eq(service.id, alert.serviceId))
    .where(and(isNull(alert.resolvedAt), exists(told)));
  return rows.map((row) => alertAsOf(row.alert, subjectOf(row.alert, row.service), at));
}
