import type { Database } from "@/db/open";
import type { ServiceRecord } from "@/db/read/services";
import { streamHeaders } from "../../feed/sse";
import { streamOf } from "../../feed/stream-of";
import { webHub } from "../../feed/web-hub";
import { followWishes } from "./follow-wishes";
import type { Wish } from "./wish";

/** The answer to a request that follows wishes: an event stream, until the listener goes. */
export function streamWishes(
  database: Database,
  record: ServiceRecord,
  wishes: readonly Wish[],
  signal: AbortSignal,
): Response {
  const hub = webHub();
  const ended = new AbortController();
  const events = followWishes(database, hub, record, wishes, ended.signal);
  const { readable } = streamOf(events, { signals: [signal, hub.closing], onEnd: () => ended.abort() });
  return new Response(readable, { headers: streamHeaders });
}
