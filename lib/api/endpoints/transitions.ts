import { z } from "zod";
import { findTransitions } from "@/db/read/transitions";
import { kinds, machineOfKind } from "../../machine/kinds/machine-of-kind";
import { causeKinds } from "../../machine/observation";
import { transitionView } from "../../wire/transition-view";
import { decodeCursor, encodeCursor } from "../cursor";
import { transitionPage } from "../history-pages";
import { json, page } from "../json";
import { anyOf, anyOfWords, cursor, instant, limit } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";

const states = [
  ...new Set(kinds.flatMap((kind) => machineOfKind(kind)?.states.map(({ name }) => name) ?? [])),
];
const span = { from: instant, to: instant };

/** `GET /api/v1/services/{host}/{name}/transitions` */
export const transitionsOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ ...span, limit, cursor }),
  handle: async ({ params, query, database: { db } }) =>
    json(await transitionPage(db, await requireHistory(db, params), query)),
});

/** `GET /api/v1/transitions` */
export const transitionsOfFleet = endpoint({
  params: z.unknown(),
  query: z.strictObject({
    ...span,
    state: anyOfWords(states),
    kind: anyOfWords(kinds),
    cause: anyOfWords(causeKinds),
    host: anyOf,
    service: anyOf,
    limit,
    cursor,
  }),
  handle: async ({ query, database }) => {
    const [at, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["number", "number"]);
    const filter = {
      states: query.state,
      kinds: query.kind,
      causes: query.cause,
      hosts: query.host,
      services: query.service,
      from: query.from,
      to: query.to,
      after: at === undefined || id === undefined ? undefined : { at, id },
    };
    const rows = await findTransitions(database.db, filter, query.limit + 1);
    return json(page(rows, query.limit, transitionView, (row) => encodeCursor([row.at, row.id])));
  },
});
