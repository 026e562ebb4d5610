import type { Handle } from "@/db/open";
import { type FeedRow, readConfigErrors } from "@/db/read/feed";
import { readHosts } from "@/db/read/hosts";
import { readServicesById } from "@/db/read/services";
import { readTellings, type TransitionRecord } from "@/db/read/transitions";
import type { Micros } from "../machine/types";
import type { Picture } from "./picture";
import type { FeedEvent } from "./ring";
import { tellAt, tellRows } from "./tell";

/**
 * Brings the picture up to date with a batch of feed rows, each table read once, and tells what
 * happened. `clock` says when hosts are judged to be observed or not.
 */
export async function materialise(
  db: Handle,
  rows: readonly FeedRow[],
  picture: Picture,
  clock: () => Micros,
): Promise<FeedEvent[]> {
  const has = (kind: FeedRow["kind"]) => rows.some((row) => row.kind === kind);
  const touched = idsOf(rows, (row) =>
    row.kind === "service" || row.kind === "service-removed" ? row.serviceId : null,
  );
  // Everything is read before anything is taken over: a batch that fails half-way is told again, whole.
  const [tellings, errors, hosts, records] = await Promise.all([
    readTellingsOf(db, rows),
    has("config") ? readConfigErrors(db) : null,
    has("host") || has("host-removed") ? readHosts(db) : null,
    readServicesById(db, touched),
  ]);
  if (errors) picture.putConfigErrors(errors);
  const news = new Set([
    ...(hosts ? picture.putHosts(hosts, clock()).services : []),
    ...picture.putServices(records),
  ]);
  // One that was removed and came back looks the same, but was taken away on the way.
  for (const row of rows)
    if (row.kind === "service-removed" && row.serviceId !== null) news.add(row.serviceId);
  const told = tellRows(rows, tellings, picture, (id) => news.delete(id));
  const position = rows.at(-1)?.id ?? 0;
  const others = [...news].flatMap((id) => picture.serviceJson(id) ?? []);
  return [...told, ...others.map((json) => tellAt(position, "service", json))];
}

/** The transitions that these rows name, with the causes they tell. */
export async function readTellingsOf(
  db: Handle,
  rows: readonly FeedRow[],
): Promise<ReadonlyMap<string, TransitionRecord>> {
  return readTellings(
    db,
    idsOf(rows, (row) => row.transitionId),
  );
}

function idsOf(rows: readonly FeedRow[], idOf: (row: FeedRow) => number | null): number[] {
  return [...new Set(rows.map(idOf))].filter((id) => id !== null);
}
