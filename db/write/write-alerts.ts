import { type AlertRecord, alertView, type SilenceRecord } from "../../lib/wire/alert-view";
import { channels } from "../channels";
import type { TransactionSql as Tx } from "../open";
import type { AlertNews, FeedRow, SilenceWords, Tagged } from "./batch";

type AlertEntry = Tagged<"alert">;

/**
 * What became of alerts, each with its line in the alert's own history; written again it is there
 * already. The feed is told of each alert as it is then.
 */
export async function writeAlerts(
  tx: Tx,
  group: readonly AlertEntry[],
  touched: Set<number>,
  now: number,
): Promise<FeedRow[]> {
  await Promise.all([
    ...group.map((entry) => writeNews(tx, entry)),
    tx`SELECT pg_notify(${channels.alert}, '')`,
  ]);
  for (const { entry } of group) if (entry.serviceId !== null) touched.add(entry.serviceId);
  const ids = [...new Set(group.map(({ entry }) => entry.alertId))];
  const [records, silences] = await Promise.all([readRecords(tx, ids), readSilences(tx, now)]);
  return records.map(({ serviceId, ...record }) => ({
    kind: "alert",
    ...(serviceId !== null && { service_id: serviceId }),
    payload: alertView(record, silences, now),
  }));
}

async function writeNews(tx: Tx, { host, entry }: AlertEntry): Promise<void> {
  const { alertId, at, news } = entry;
  switch (news.tag) {
    case "fired":
      await fire(tx, host, entry, news);
      return;
    case "resolved":
      await tx`WITH done AS (
          UPDATE alert SET resolved_at = ${at}, resolved_because = ${news.because}
          WHERE id = ${alertId} AND resolved_at IS NULL RETURNING id)
        INSERT INTO alert_event (alert_id, at, what, note)
        SELECT id, ${at}, 'resolved', ${news.because} FROM done`;
      return;
    case "silenced":
    case "unsilenced":
      await tellSilence(tx, alertId, at, news);
      return;
  }
}

async function fire(
  tx: Tx,
  host: string,
  { alertId, serviceId, group, at }: AlertEntry["entry"],
  news: Extract<AlertNews, { tag: "fired" }>,
): Promise<void> {
  const { rule, severity, since, summary, why, todo, silenced } = news;
  await tx`WITH fired AS (
      INSERT INTO alert (id, rule, severity, host, service_id, group_name, since, fired_at, summary, why, todo)
      VALUES (${alertId}, ${rule}, ${severity}, ${host}, ${serviceId}, ${group}, ${since}, ${at}, ${summary}, ${why}, ${todo})
      ON CONFLICT DO NOTHING RETURNING id)
    INSERT INTO alert_event (alert_id, at, what, actor, note)
    SELECT id, ${at}, told.what, told.actor, told.note
    FROM fired, (VALUES (1, 'fired', NULL, ${why}),
      (2, 'silenced', ${silenced?.actor ?? null}, ${silenced?.note ?? null})) AS told(n, what, actor, note)
    WHERE told.n = 1 OR ${silenced !== null} ORDER BY told.n`;
}

async function tellSilence(
  tx: Tx,
  alertId: string,
  at: number,
  { tag, actor, note }: { readonly tag: "silenced" | "unsilenced" } & SilenceWords,
): Promise<void> {
  await tx`INSERT INTO alert_event (alert_id, at, what, actor, note)
    SELECT id, ${at}, ${tag}, ${actor}, ${note} FROM alert
    WHERE id = ${alertId} AND resolved_at IS NULL AND ${tag} <> coalesce((
      SELECT what FROM alert_event e WHERE e.alert_id = alert.id AND e.what IN ('silenced', 'unsilenced')
      ORDER BY e.id DESC LIMIT 1), 'unsilenced')`;
}

async function readRecords(tx: Tx, ids: readonly string[]) {
  return tx<(AlertRecord & { readonly serviceId: number | null })[]>`
    SELECT a.id, a.rule, a.severity, a.host, a.service_id AS "serviceId", s.name, s.kind, s.tags,
      coalesce(a.group_name, s.group_name) AS "group", a.since, a.fired_at AS "firedAt",
      a.resolved_at AS "resolvedAt", a.resolved_because AS "resolvedBecause", a.summary, a.why, a.todo,
      a.acknowledged_by AS "acknowledgedBy", a.acknowledged_at AS "acknowledgedAt",
      a.acknowledged_note AS "acknowledgedNote"
    FROM alert a LEFT JOIN service s ON s.id = a.service_id WHERE a.id = ANY(${[...ids]})`;
}

async function readSilences(tx: Tx, at: number) {
  return tx<SilenceRecord[]>`
    SELECT id, kind, matcher, starts_at AS "startsAt", ends_at AS "endsAt", ended_at AS "endedAt",
      why, created_by AS "createdBy", created_at AS "createdAt", ended_by AS "endedBy"
    FROM silence WHERE ends_at > ${at} AND starts_at <= ${at} AND ended_at IS NULL`;
}
