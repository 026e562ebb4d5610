import { z } from "zod";
import { now } from "../../clock";
import { kinds } from "../../machine/kinds/machine-of-kind";
import { json } from "../json";
import { anyOf, anyOfWords, instant } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";
import { spanOf } from "../span";
import { timeInStateOf, timeInStateOfMany } from "../time-in-state-view";

/** `GET /api/v1/services/{host}/{name}/time-in-state` */
export const timeInStateOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ from: instant, to: instant }),
  handle: async ({ params, query, database: { db, sql } }) => {
    const span = spanOf(query, now().at);
    const { service } = await requireHistory(db, params);
    return json(await timeInStateOf(sql, service.id, span));
  },
});

/** `GET /api/v1/time-in-state` */
export const timeInStateOfFleet = endpoint({
  params: z.unknown(),
  query: z.strictObject({
    from: instant,
    to: instant,
    host: anyOf,
    group: anyOf,
    tag: anyOf,
    kind: anyOfWords(kinds),
  }),
  handle: async ({ query, database: { sql } }) => {
    const { host: hosts, group: groups, tag: tags, kind: kindsAsked } = query;
    const span = spanOf(query, now().at);
    return json(await timeInStateOfMany(sql, { hosts, groups, tags, kinds: kindsAsked }, span));
  },
});
