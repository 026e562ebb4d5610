import { z } from "zod";
import { now } from "../../clock";
import { json } from "../json";
import { instant, wholeNumber } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";
import { spanOf } from "../span";
import { timelineOf, timelinesOfFleet } from "../timeline-view";

/** `GET /api/v1/services/{host}/{name}/timeline` */
export const timelineOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ from: instant, to: instant, points: wholeNumber(1, 2000).default(400) }),
  handle: async ({ params, query, database: { db, sql } }) => {
    const span = spanOf(query, now().at);
    const { service } = await requireHistory(db, params);
    return json(await timelineOf(sql, service.id, span, query.points));
  },
});

/** `GET /api/v1/timelines`: what every service did lately, in few bands each. */
export const timelinesOfServices = endpoint({
  params: z.unknown(),
  query: z.strictObject({
    hours: wholeNumber(1, 744).default(24),
    points: wholeNumber(1, 200).default(96),
  }),
  handle: async ({ query: { hours, points }, database: { sql } }) =>
    json({ items: await timelinesOfFleet(sql, hours * 3_600_000, points) }),
});
