import type { Database } from "@/db/open";
import { ProblemError } from "../api/problem";
import type { Hub } from "./hub";
import { beatBehind, following, opening, type Place } from "./live-events";
import { streamHeaders } from "./sse";
import { liveStreamOf } from "./stream-of";

const mostSubscribers = 1_000;
const readyWithinMs = 5_000;

const subscribers = Symbol.for("signalbox.subscribers");
const shared = globalThis as { [subscribers]?: number };

/** How many live streams this process serves now. */
export function subscriberCount(): number {
  return shared[subscribers] ?? 0;
}

/**
 * `GET /api/v1/live`: one subscriber's event stream.
 * @param since the feed's position up to which it knows everything; null begins with a snapshot.
 * @throws ProblemError `unavailable` with too many subscribers, and before the fleet could be read.
 */
export async function subscribe(
  hub: Hub,
  database: Database,
  since: number | null,
  signal: AbortSignal,
): Promise<Response> {
  if (subscriberCount() >= mostSubscribers)
    throw new ProblemError("unavailable", `There are ${mostSubscribers} live streams already.`, again);
  if (hub.closing.aborted || !(await hub.ready(readyWithinMs)))
    throw new ProblemError(
      "unavailable",
      "The fleet could not be read yet; it is tried again all the time.",
      again,
    );
  const place: Place = { ring: null, index: 0 };
  // Before the stream, which may end at once.
  const stopFollowing = hub.follow({
    onNews: () => {
      // One that does not read is not asked for more either: it has to be thrown out from here.
      if (place.ring !== null && place.index < place.ring.first) stream.drop();
      else stream.wake();
    },
    onBeat: (ping) => {
      beatBehind(place, ping);
      stream.wake();
    },
  });
  shared[subscribers] = subscriberCount() + 1;
  const stream = liveStreamOf(opening(hub, database, since, place), () => following(hub, place), {
    onEnd: () => {
      stopFollowing();
      shared[subscribers] = (shared[subscribers] ?? 1) - 1;
    },
    signals: [signal, hub.closing],
  });
  return new Response(stream.readable, { headers: streamHeaders });
}

const again = { headers: { "retry-after": "2" } };
