import { z } from "zod";
import { fleetGapPage, gapPage } from "../history-pages";
import { json } from "../json";
import { anyOf, cursor, instant, limit } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";

/** `GET /api/v1/services/{host}/{name}/gaps` */
export const gapsOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ limit, cursor }),
  handle: async ({ params, query, database: { db } }) =>
    json(await gapPage(db, await requireHistory(db, params), query)),
});

/** `GET /api/v1/gaps` */
export const gapsOfFleet = endpoint({
  params: z.unknown(),
  query: z.strictObject({ from: instant, to: instant, host: anyOf, limit, cursor }),
  handle: async ({ query, database: { db } }) =>
    json(await fleetGapPage(db, { ...query, hosts: query.host, from: query.from, to: query.to })),
});
