import { z } from "zod";
import { gapPage } from "../history-pages";
import { json } from "../json";
import { cursor, limit } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";

/** `GET /api/v1/services/{host}/{name}/gaps` */
export const gapsOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ limit, cursor }),
  handle: async ({ params, query, database: { db } }) =>
    json(await gapPage(db, await requireHistory(db, params), query)),
});
