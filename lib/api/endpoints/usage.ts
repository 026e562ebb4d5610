import { z } from "zod";
import { webHub } from "../../feed/web-hub";
import { json } from "../json";
import { yesOrNo } from "../query";
import { endpoint } from "../route";
import { requireContact, requireService, serviceParams } from "../service-params";
import { fetchUsage } from "../wishes/fetch-usage";
import { streamWishes } from "../wishes/stream-wishes";
import { UsageWish } from "../wishes/usage-wish";

/** `GET /api/v1/services/{host}/{name}/usage`: processor, memory and tasks; read every 2 s while followed. */
export const usageOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ follow: yesOrNo }),
  handle: async ({ params, query, request, database }) => {
    const record = await requireService(database.db, params);
    requireContact(record.host);
    const { id } = record.service;
    if (query.follow) return streamWishes(database, record, [new UsageWish(database, id)], request.signal);
    return json(await fetchUsage(database, webHub(), id, request.signal));
  },
});
