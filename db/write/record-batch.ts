import { channels, locks } from "../channels";
import type { Sql, TransactionSql as Tx } from "../open";
import type { Entry, FeedRow, Leased, Tagged } from "./batch";
import { insertMoves } from "./insert-moves";
import { writeAlerts } from "./write-alerts";
import { writeGaps } from "./write-gaps";
import { writeContacts, writeFacts, writeObserved } from "./write-hosts";
import {
  endGlimpses,
  writeApplications,
  writeDetails,
  writeGlimpses,
  writeThrash,
  writeWanted,
} from "./write-services";

/** A host's lease went to another engine: nothing was written, and nothing must be from here on. */
export class LeaseLostError extends Error {}

/**
 * Writes entries in one transaction: history, current states, commands, and the feed that tells of
 * them. Writing the same batch again after an unclear end writes nothing twice.
 * @throws LeaseLostError when a host's epoch is no longer the one given.
 */
export async function recordBatch(sql: Sql, batch: readonly Leased[], now: number): Promise<void> {
  await sql.begin(async (tx) => {
    const touched = new Set<number>();
    // Sent in one go and done in this order: every answer that is waited for is time in which locks are held.
    const held = holdLeases(tx, batch);
    const writing = Promise.all(groupByTag(batch).map((group) => writeGroup(tx, group, touched, now)));
    writing.catch(() => undefined);
    await held;
    const rows = (await writing).flat();
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

/**
 * These say nothing of each other, but a cause needs its move and a command's fate is told after it:
 * between any two of the other entries they may be written in this order.
 */
const gathered: readonly Entry["tag"][] = [
  "moves",
  "detail",
  "application",
  "glimpse",
  "wanted",
  "attribution",
  "command",
  "thrash",
  "alert",
  "observed",
];

/**
 * What is written together. However the tags alternate there are few groups: an engine that starts
 * hundreds of children is slow to hear each answer, and holds locks meanwhile.
 */
function groupByTag(batch: readonly Leased[]): Leased[][] {
  let stretch = 0;
  const placed = batch.map((leased) => {
    const rank = gathered.indexOf(leased.entry.tag);
    if (rank === -1) stretch += 1;
    return { leased, rank, stretch };
  });
  placed.sort((a, b) => a.stretch - b.stretch || a.rank - b.rank);
  return neighbours(placed.map(({ leased }) => leased));
}

function neighbours(batch: readonly Leased[]): Leased[][] {
  const groups: Leased[][] = [];
  for (const leased of batch) {
    const last = groups.at(-1);
    if (last?.[0] && sortOf(last[0]) === sortOf(leased)) last.push(leased);
    else groups.push([leased]);
  }
  return groups;
}

/** What is long over is told differently from what is news. */
function sortOf({ entry }: Leased): string {
  return entry.tag === "moves" && entry.over ? "moves that are over" : entry.tag;
}

function only<T extends Entry["tag"]>(group: readonly Leased[], tag: T): Tagged<T>[] {
  return group.filter((leased) => leased.entry.tag === tag) as unknown as Tagged<T>[];
}

async function writeGroup(
  tx: Tx,
  group: readonly Leased[],
  touched: Set<number>,
  now: number,
): Promise<FeedRow[]> {
  const tag = group[0]?.entry.tag;
  if (tag === undefined) return [];
  switch (tag) {
    case "moves":
      return writeMoves(tx, only(group, tag), touched);
    case "detail":
      await writeDetails(tx, only(group, tag), touched);
      return [];
    case "application":
      await writeApplications(tx, only(group, tag), touched);
      return [];
    case "wanted":
      await writeWanted(tx, only(group, tag));
      return [];
    case "command":
      return writeCommands(tx, only(group, tag), touched);
    case "thrash":
      await writeThrash(tx, only(group, tag), touched);
      return [];
    case "alert":
      return writeAlerts(tx, only(group, tag), touched, now);
    case "attribution":
      return writeAttributions(tx, only(group, tag));
    case "contact":
      return writeContacts(tx, only(group, tag));
    case "gap":
      await writeGaps(tx, only(group, tag));
      return [];
    case "observed":
      await writeObserved(tx, only(group, tag));
      return [];
    case "glimpse":
      await writeGlimpses(tx, only(group, tag), touched);
      return [];
    case "glimpses-over":
      await endGlimpses(tx, only(group, tag), touched);
      return [];
    case "facts":
      return writeFacts(tx, only(group, tag));
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
  // The end of the glimpses tells what these came to.
  if (group[0]?.entry.over) return [];
  for (const { entry } of group) touched.add(entry.serviceId);
  return inserted.map((row) => ({
    kind: "transition",
    service_id: row.service_id,
    transition_id: row.id,
    revision: 1,
  }));
}

async function writeCommands(
  tx: Tx,
  group: readonly Tagged<"command">[],
  touched: Set<number>,
): Promise<FeedRow[]> {
  const told = group.map(async ({ entry }): Promise<FeedRow[]> => {
    const { serviceId, row, view } = entry;
    const written = await tx`UPDATE command SET status = ${row.status}, reached_at = ${row.reachedAt},
      settled_at = ${row.settledAt}, detail = ${row.detail} WHERE id = ${row.id} AND settled_at IS NULL`;
    // One that was called off meanwhile keeps the fate that it was told.
    if (written.count === 0) return [];
    touched.add(serviceId);
    return [{ kind: "command", service_id: serviceId, payload: view }];
  });
  return (await Promise.all(told)).flat();
}

async function writeAttributions(tx: Tx, group: readonly Tagged<"attribution">[]): Promise<FeedRow[]> {
  const told = group.map(async ({ entry: { serviceId, sourceKey, cause, at } }): Promise<FeedRow[]> => {
    const [added] = await tx<{ transition_id: number; revision: number }[]>`
      INSERT INTO attribution (transition_id, revision, kind, actor, detail, recorded_at)
      SELECT t.id, (SELECT max(revision) + 1 FROM attribution WHERE transition_id = t.id),
        ${cause.kind}, ${cause.actor ?? null}, ${cause.detail}, ${at}
      FROM transition t WHERE t.service_id = ${serviceId} AND t.source_key = ${sourceKey}
        AND NOT EXISTS (SELECT 1 FROM attribution a WHERE a.transition_id = t.id AND a.recorded_at = ${at}
          AND a.detail = ${cause.detail})
      RETURNING transition_id, revision`;
    return added ? [{ kind: "transition", service_id: serviceId, ...added }] : [];
  });
  return (await Promise.all(told)).flat();
}

async function tellFeed(tx: Tx, rows: readonly FeedRow[], now: number): Promise<void> {
  // Sent at once, done one after the other: nobody has to wait for the lock while we wait for answers.
  await Promise.all([
    // From here until the commit nobody else draws a feed id: ids are in commit order.
    tx`SELECT pg_advisory_xact_lock(${locks.feed})`,
    tx`INSERT INTO feed (kind, service_id, transition_id, revision, payload, at)
      SELECT kind, service_id, transition_id, revision, payload, ${now}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
        AS f(kind text, service_id int, transition_id bigint, revision int, payload jsonb)`,
    tx`SELECT pg_notify(${channels.feed}, '')`,
  ]);
}
