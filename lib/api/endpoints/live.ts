import { z } from "zod";
import { subscribe } from "../../feed/subscribe";
import { webHub } from "../../feed/web-hub";
import { wholeNumber } from "../query";
import { endpoint } from "../route";

/** `GET /api/v1/live` */
export const live = endpoint({
  params: z.unknown(),
  query: z.strictObject({ after: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional() }),
  handle: ({ query, request, database }) =>
    subscribe(
      webHub(),
      database,
      readSince(request.headers.get("last-event-id"), query.after),
      request.signal,
    ),
});

/**
 * Up to where the subscriber knows everything. A browser that connects again repeats the address and
 * adds the header, which is newer. An id that we never gave is as good as none: a snapshot mends all.
 */
export function readSince(lastEventId: string | null, after: number | undefined): number | null {
  if (lastEventId === null) return after ?? null;
  const position = /^[1-9]\d{0,15}$/.test(lastEventId) ? Number(lastEventId) : 0;
  return Number.isSafeInteger(position) && position > 0 ? position : null;
}
