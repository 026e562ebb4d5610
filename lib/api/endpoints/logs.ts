import { z } from "zod";
import { webHub } from "../../feed/web-hub";
import { json } from "../json";
import { instant, plainText, wholeNumber, yesOrNo } from "../query";
import { endpoint } from "../route";
import { requireContact, requireService, serviceParams } from "../service-params";
import { fetchLog } from "../wishes/fetch-log";
import { LogWish } from "../wishes/log-wish";
import { streamWishes } from "../wishes/stream-wishes";
import { UsageWish } from "../wishes/usage-wish";

const mostLines = 1000;
const lowestPriority = 7;

/**
 * `GET /api/v1/services/{host}/{name}/logs`: the newest lines, or those around an instant. Followed
 * with `usage=true`, the stream carries what the service uses as well: a browser has few connections.
 */
export const logsOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({
    lines: wholeNumber(1, mostLines).default(100),
    grep: plainText(200).optional(),
    priority: wholeNumber(0, lowestPriority).optional(),
    around: instant,
    follow: yesOrNo,
    usage: yesOrNo,
  }),
  handle: async ({ params, query, request, database }) => {
    const record = await requireService(database.db, params);
    requireContact(record.host);
    const wanted = {
      serviceId: record.service.id,
      lines: query.lines,
      grep: query.grep || null,
      priority: query.priority ?? null,
      around: query.around ?? null,
    };
    if (!query.follow)
      return json({ items: await fetchLog(database, webHub(), wanted, request.signal), next: null });
    const wishes = [
      new LogWish(database, { ...wanted, follow: true }),
      ...(query.usage ? [new UsageWish(database, wanted.serviceId)] : []),
    ];
    return streamWishes(database, record, wishes, request.signal);
  },
});
