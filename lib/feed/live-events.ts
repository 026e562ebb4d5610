import type { Database } from "@/db/open";
import { readFeedAfter, readFeedEnds } from "@/db/read/feed";
import { now, toRfc3339 } from "../clock";
import type { Hub } from "./hub";
import { readTellingsOf } from "./materialise";
import type { Ring } from "./ring";
import { encodeEvent, retryLine, upMs } from "./sse";
import { tellAt, tellRows } from "./tell";

const chunkBytes = 64 * 1024;
const storedRows = 500;

/** Where a stream stands: the ring it takes from, and the index of what it takes next. */
export interface Place {
  ring: Ring | null;
  index: number;
  /** A sign of life that is due once everything before `index` was taken. */
  beat?: { readonly index: number; readonly bytes: Uint8Array } | undefined;
}

/**
 * How a subscriber's stream begins: `hello`, and a snapshot unless it can go on where it was. Leaves
 * in `place` where it goes on: from there every event comes once and in order.
 */
export async function* opening(
  hub: Hub,
  database: Database,
  since: number | null,
  place: Place,
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
}

function hello(id: number, position: number, resumed: boolean): Uint8Array {
  const build = process.env.SIGNALBOX_BUILD ?? "";
  const data = { build, time: toRfc3339(now().at), position: String(position), resumed, upMs: upMs() };
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

/** Puts a sign of life behind what there is to tell now; one that waits already says more. */
export function beatBehind(place: Place, bytes: Uint8Array): void {
  if (place.ring !== null) place.beat ??= { index: place.ring.end, bytes };
}

/**
 * What a stream goes on with after its opening: up to about 64 KiB of what it has not had yet. Over
 * when it was overtaken, and when the hub has read the fleet anew.
 */
export function following(hub: Hub, place: Place): Uint8Array | null | "over" {
  const { ring } = place;
  if (ring === null || hub.ring !== ring) return "over";
  const { beat } = place;
  if (beat !== undefined && beat.index <= place.index) {
    place.beat = undefined;
    return beat.bytes;
  }
  const chunk = ring.chunkFrom(place.index, chunkBytes);
  if (chunk === null) return "over";
  if (chunk.next === place.index) return null;
  place.index = chunk.next;
  return chunk.bytes;
}
