import { z } from "zod";
import { now } from "../../clock";
import { parseDuration } from "../../config/duration";
import { json } from "../json";
import { instant } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";
import { spanOf } from "../span";
import { thrashOf } from "../thrash-view";

const leastMs = 1_000;
const mostMs = 366 * 86_400_000;

/** `5m`, or a number of seconds; as whole ms. */
const bucket = z
  .string()
  .max(20)
  .transform((text, context) => {
    const ms = parseDuration(/^\d+$/.test(text) ? `${text}s` : text);
    if (ms !== null && ms >= leastMs && ms <= mostMs) return ms;
    context.addIssue("must be a duration such as 5m, or a number of seconds, from 1 s to 366 d");
    return z.NEVER;
  })
  .optional();

/** `GET /api/v1/services/{host}/{name}/thrash` */
export const thrashOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ from: instant, to: instant, bucket }),
  handle: async ({ params, query, database }) => {
    const span = spanOf(query, now().at);
    const record = await requireHistory(database.db, params);
    return json(await thrashOf(database, record, span, query.bucket ?? null));
  },
});
