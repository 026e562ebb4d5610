import type { TransactionSql as Tx } from "../open";
import type { FeedRow, Tagged } from "./batch";

/** Whether a host is in contact, and since when. */
export async function writeContacts(tx: Tx, group: readonly Tagged<"contact">[]): Promise<FeedRow[]> {
  const writing = group.map(
    ({ host, entry }) => tx`UPDATE host SET contact = ${entry.status}, contact_since = ${entry.at},
      contact_reason = ${entry.reason}, observed_until = CASE ${entry.status} WHEN 'live' THEN ${entry.at}::bigint
        WHEN 'lost' THEN greatest(observed_until, ${entry.at}::bigint) END WHERE id = ${host}`,
  );
  await Promise.all(writing);
  return group.map(({ host }) => ({ kind: "host", payload: { id: host } }));
}

/** The newest of each host; what does not say how far history goes leaves it where it was. */
export async function writeObserved(tx: Tx, group: readonly Tagged<"observed">[]): Promise<void> {
  const newest = new Map<string, { until: number; history: number | null }>();
  for (const { host, entry } of group)
    newest.set(host, {
      until: entry.until,
      history: entry.historyUntil ?? newest.get(host)?.history ?? null,
    });
  const rows = [...newest].map(([id, seen]) => ({ id, ...seen }));
  await tx`UPDATE host SET observed_until = o.until, history_until = coalesce(o.history, history_until)
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS o(id text, until bigint, history bigint)
    WHERE host.id = o.id`;
}

/** What there is to say of a host itself. */
export async function writeFacts(tx: Tx, group: readonly Tagged<"facts">[]): Promise<FeedRow[]> {
  const writing = group.map(
    ({ host, entry }) =>
      tx`UPDATE host SET facts = ${JSON.stringify(entry.facts)}::text::jsonb WHERE id = ${host}`,
  );
  await Promise.all(writing);
  return group.map(({ host }) => ({ kind: "host", payload: { id: host } }));
}
