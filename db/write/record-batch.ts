import { channels, locks } from "../channels";
import type { Sql, TransactionSql as Tx } from "../open";
import type { Entry, Leased } from "./batch";
import { insertMoves } from "./insert-moves";

/** A host's lease went to another engine: nothing was written, and nothing must be from here on. */
export class LeaseLostError extends Error {}

interface FeedRow {
  readonly kind: string;
  readonly service_id?: number;
  readonly transition_id?: number;
  readonly revision?: number;
  readonly payload?: unknown;
}

/**
 * Writes entries in one transaction: history, current states, commands, and the feed that tells of
 * them. Writing the same batch again after an unclear end writes nothing twice.
 * @throws LeaseLostError when a host's epoch is no longer the one given.
 */
export async function recordBatch(sql: Sql, batch: readonly Leased[], now: number): Promise<void> {
  await sql.begin(async (tx) => {
    await holdLeases(tx, batch);
    const rows: FeedRow[] = [];
    const touched = new Set<number>();
    for (const group of groupByTag(batch)) rows.push(...(await writeGroup(tx, group, touched)));
    for (const service of touched) rows.push({ kind: "service", service_id: service });
    if (rows.length > 0) await tellFeed(tx, rows, now);
  });
}

async function holdLeases(tx: Tx, batch: readonly Leased[]): Promise<void> {
  const wanted = new Map(batch.map((leased) => [leased.host, leased.epoch]));
  const found = await tx<{ id: string; epoch: number }[]>`
    SELECT id, epoch FROM host WHERE id = ANY(${[...wanted.keys()]}) ORDER BY id FOR NO KEY UPDATE`;
  const held = found.filter((row) => wanted.get(row.id) === row.epoch);
  if (held.length !== wanted.size) throw new LeaseLostError("another engine has taken over a host");
}

/** Neighbours of one tag are written together; the order between tags is kept. */
function groupByTag(batch: readonly Leased[]): Leased[][] {
  const groups: Leased[][] = [];
  for (const leased of batch) {
    const last = groups.at(-1);
    if (last?.[0]?.entry.tag === leased.entry.tag) last.push(leased);
    else groups.push([leased]);
  }
  return groups;
}

type Tagged<T extends Entry["tag"]> = { readonly host: string; readonly entry: Extract<Entry, { tag: T }> };

function only<T extends Entry["tag"]>(group: readonly Leased[], tag: T): Tagged<T>[] {
  return group.filter((leased) => leased.entry.tag === tag) as unknown as Tagged<T>[];
}

async function writeGroup(tx: Tx, group: readonly Leased[], touched: Set<number>): Promise<FeedRow[]> {
  const tag = group[0]?.entry.tag;
  if (tag === undefined) return [];
  switch (tag) {
    case "moves":
      return writeMoves(tx, only(group, tag), touched);
    case "detail":
      return writeDetails(tx, only(group, tag), touched);
    case "wanted":
      for (const { entry } of only(group, tag))
        await tx`UPDATE service SET wanted = ${entry.wanted} WHERE id = ${entry.serviceId}`;
      return [];
    case "command":
      return writeCommands(tx, only(group, tag), touched);
    case "attribution":
      return writeAttributions(tx, only(group, tag));
    case "contact":
      return writeContacts(tx, only(group, tag));
    case "gap":
      for (const { host, entry } of only(group, tag))
        await tx`INSERT INTO gap (host, from_at, to_at, reason, recovered)
          SELECT ${host}, ${entry.from}::bigint, ${entry.to}::bigint, ${entry.reason}, false
          WHERE NOT EXISTS (SELECT 1 FROM gap WHERE host = ${host} AND from_at = ${entry.from})`;
      return [];
    case "observed":
      for (const { host, entry } of only(group, tag))
        await tx`UPDATE host SET observed_until = ${entry.until} WHERE id = ${host}`;
      return [];
  }
}

async function writeMoves(
  tx: Tx,
  group: readonly Tagged<"moves">[],
  touched: Set<number>,
): Promise<FeedRow[]> {
  const inserted = await insertMoves(
    tx,
    group.map(({ entry }) => entry),
  );
  for (const { entry } of group) touched.add(entry.serviceId);
  return inserted.map((row) => ({
    kind: "transition",
    service_id: row.service_id,
    transition_id: row.id,
    revision: 1,
  }));
}

async function writeDetails(
  tx: Tx,
  group: readonly Tagged<"detail">[],
  touched: Set<number>,
): Promise<FeedRow[]> {
  const newest = new Map(group.map(({ entry }) => [entry.serviceId, entry.detail]));
  const rows = [...newest].map(([id, detail]) => ({ id, detail }));
  await tx`UPDATE service SET detail = d.detail
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS d(id int, detail jsonb) WHERE service.id = d.id`;
  for (const id of newest.keys()) touched.add(id);
  return [];
}

async function writeCommands(
  tx: Tx,
  group: readonly Tagged<"command">[],
  touched: Set<number>,
): Promise<FeedRow[]> {
  const rows: FeedRow[] = [];
  for (const { entry } of group) {
    const { row } = entry;
    const written = await tx`UPDATE command SET status = ${row.status}, reached_at = ${row.reachedAt},
      settled_at = ${row.settledAt}, detail = ${row.detail} WHERE id = ${row.id} AND settled_at IS NULL`;
    // One that was called off meanwhile keeps the fate that it was told.
    if (written.count === 0) continue;
    touched.add(entry.serviceId);
    rows.push({ kind: "command", service_id: entry.serviceId, payload: entry.view });
  }
  return rows;
}

async function writeAttributions(tx: Tx, group: readonly Tagged<"attribution">[]): Promise<FeedRow[]> {
  const rows: FeedRow[] = [];
  for (const { entry } of group) {
    const [added] = await tx<{ transition_id: number; revision: number }[]>`
      INSERT INTO attribution (transition_id, revision, kind, actor, detail, recorded_at)
      SELECT t.id, (SELECT max(revision) + 1 FROM attribution WHERE transition_id = t.id),
        ${entry.cause.kind}, ${entry.cause.actor ?? null}, ${entry.cause.detail}, ${entry.at}
      FROM transition t WHERE t.service_id = ${entry.serviceId} AND t.source_key = ${entry.sourceKey}
        AND NOT EXISTS (SELECT 1 FROM attribution a WHERE a.transition_id = t.id AND a.recorded_at = ${entry.at}
          AND a.detail = ${entry.cause.detail})
      RETURNING transition_id, revision`;
    if (added)
      rows.push({
        kind: "transition",
        service_id: entry.serviceId,
        transition_id: added.transition_id,
        revision: added.revision,
      });
  }
  return rows;
}

async function writeContacts(tx: Tx, group: readonly Tagged<"contact">[]): Promise<FeedRow[]> {
  for (const { host, entry } of group)
    await tx`UPDATE host SET contact = ${entry.status}, contact_since = ${entry.at},
      contact_reason = ${entry.reason}, observed_until = ${entry.at} WHERE id = ${host}`;
  return group.map(({ host }) => ({ kind: "host", payload: { id: host } }));
}

async function tellFeed(tx: Tx, rows: readonly FeedRow[], now: number): Promise<void> {
  // From here until the commit nobody else draws a feed id: ids are in commit order.
  await tx`SELECT pg_advisory_xact_lock(${locks.feed})`;
  await tx`INSERT INTO feed (kind, service_id, transition_id, revision, payload, at)
    SELECT kind, service_id, transition_id, revision, payload, ${now}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      AS f(kind text, service_id int, transition_id bigint, revision int, payload jsonb)`;
  await tx`SELECT pg_notify(${channels.feed}, '')`;
}
