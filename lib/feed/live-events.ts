import type { Database } from "@/db/open";
import { readFeedAfter, readFeedEnds } from "@/db/read/feed";
import { now, toRfc3339 } from "../clock";
import type { Hub } from "./hub";
import { readTellingsOf } from "./materialise";
import type { Ring } from "./ring";
import { encodeEvent, ping, retryLine } from "./sse";
import { tellAt, tellRows } from "./tell";

const chunkBytes = 64 * 1024;
const storedRows = 500;
const pingMs = 5_000;

/** Where a stream stands: the ring it takes from, and the index of what it takes next. */
export interface Place {
  ring: Ring | null;
  index: number;
}

/**
 * The bytes of one subscriber's stream: `hello`, a snapshot unless it can go on where it was, then
 * every event after that, once and in order. Ends when it was overtaken, when the hub closes or
 * reads the fleet anew, and when `signal` aborts.
 */
export async function* liveEvents(
  hub: Hub,
  database: Database,
  since: number | null,
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  const ring = hub.ring;
  if (ring === null) return;
  yield retryLine;
  // A position beyond our end is of another database, or of a process that is ahead of us.
  const index = since !== null && since <= hub.position ? ring.indexAfter(since) : null;
  if (since !== null && index !== null) {
    Object.assign(place, { ring, index });
    yield hello(since, since, true);
  } else if (since !== null && (await isStored(database, hub, since))) {
    yield hello(since, since, true);
    yield* stored(hub, database, ring, since, place);
  } else {
    Object.assign(place, { ring, index: ring.end });
    // Until the snapshot is through there is nothing to go on from, and that is what id 0 says.
    yield Buffer.concat([hello(0, hub.position, false), snapshot(hub)]);
  }
  yield* following(hub, ring, place, signal);
}

function hello(id: number, position: number, resumed: boolean): Uint8Array {
  const build = process.env.SIGNALBOX_BUILD ?? "";
  const data = { build, time: toRfc3339(now().at), position: String(position), resumed };
  return encodeEvent("hello", JSON.stringify(data), id);
}

function snapshot(hub: Hub): Uint8Array {
  const fleet = encodeEvent("fleet", hub.picture.fleetJson(), hub.position);
  const lostSince = hub.databaseLostSince;
  if (lostSince === null) return fleet;
  return Buffer.concat([fleet, tellAt(hub.position, "database", JSON.stringify({ lostSince })).bytes]);
}

/** Whether every row after `position` is still in the feed, and `position` is of this feed. */
async function isStored({ db }: Database, hub: Hub, position: number): Promise<boolean> {
  const { first } = await readFeedEnds(db);
  return position > 0 && position + 1 >= first && position <= hub.position;
}

/**
 * Reads from the database what the ring no longer has, page by page as fast as the subscriber takes
 * it. Contacts that were lost meanwhile stand in no row, so a snapshot closes it.
 */
async function* stored(
  hub: Hub,
  { db }: Database,
  ring: Ring,
  since: number,
  place: Place,
): AsyncGenerator<Uint8Array, void, void> {
  let position = since;
  for (;;) {
    const index = ring.indexAfter(position) ?? (position >= hub.position ? ring.end : null);
    if (index !== null) {
      const rest = ring.take(index, Number.POSITIVE_INFINITY) ?? [];
      Object.assign(place, { ring, index: ring.end });
      yield Buffer.concat([...rest.map(({ bytes }) => bytes), snapshot(hub)]);
      return;
    }
    const known = hub.position;
    const rows = (await readFeedAfter(db, position, storedRows)).filter(({ id }) => id <= known);
    const tellings = await readTellingsOf(db, rows);
    const events = tellRows(rows, tellings, hub.picture, () => true);
    if (events.length > 0) yield Buffer.concat(events.map(({ bytes }) => bytes));
    position = rows.length < storedRows ? known : (rows.at(-1)?.id ?? known);
  }
}

async function* following(
  hub: Hub,
  ring: Ring,
  place: Place,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, void> {
  while (!signal.aborted && !hub.closing.aborted && hub.ring === ring) {
    const events = ring.take(place.index, chunkBytes);
    if (events === null) return;
    place.index += events.length;
    const [only] = events;
    if (only && events.length === 1) yield only.bytes;
    else if (only) yield Buffer.concat(events.map(({ bytes }) => bytes));
    else if (!(await hub.changed(pingMs, signal)) && !signal.aborted && !hub.closing.aborted) yield ping;
  }
}
