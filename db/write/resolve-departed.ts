import { sql } from "drizzle-orm";
import { alertView } from "../../lib/wire/alert-view";
import { alertEvent } from "../alert-schema";
import { channels } from "../channels";
import type { Database } from "../open";
import { readAlerts } from "../read/alerts";
import { appendFeed } from "./append-feed";

/**
 * Ends the alerts of hosts, services and groups that left the configuration: nobody watches them any
 * more, so nobody else would. A group of which an alert tells is one of nodes (`groupRules`); on which
 * of their hosts it was written says nothing.
 */
export async function resolveDeparted({ db }: Database, at: number): Promise<void> {
  await db.transaction(async (tx) => {
    const because = "It left the configuration.";
    const ended = await tx.execute<{ id: string }>(sql`
      UPDATE alert SET resolved_at = ${at}, resolved_because = ${because}
      WHERE resolved_at IS NULL AND (
        CASE WHEN group_name IS NULL THEN
          EXISTS (SELECT 1 FROM service s WHERE s.id = alert.service_id AND NOT s.present)
          OR NOT EXISTS (SELECT 1 FROM host h WHERE h.id = alert.host AND h.present)
        ELSE NOT EXISTS (SELECT 1 FROM service s
          WHERE s.group_name = alert.group_name AND s.present AND s.kind = 'besu') END)
      RETURNING id`);
    if (ended.length === 0) return;
    const ids = ended.map(({ id }) => id);
    await tx
      .insert(alertEvent)
      .values(ids.map((alertId) => ({ alertId, at, what: "resolved" as const, note: because })));
    await tx.execute(sql`SELECT pg_notify(${channels.alert}, '')`);
    const told = (await readAlerts(tx, ids)).map((record) => ({
      kind: "alert" as const,
      ...(record.serviceId !== null && { serviceId: record.serviceId }),
      payload: alertView(record, [], at),
    }));
    const touched = told.flatMap(({ serviceId }) => (serviceId === undefined ? [] : [serviceId]));
    const services = [...new Set(touched)].map((serviceId) => ({ kind: "service" as const, serviceId }));
    await appendFeed(tx, [...services, ...told], at);
  });
}
