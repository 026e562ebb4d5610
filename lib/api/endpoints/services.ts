import { z } from "zod";
import { findServices, type ServiceRecord } from "@/db/read/services";
import { now } from "../../clock";
import { kinds, machineOfKind } from "../../machine/kinds/machine-of-kind";
import { mermaidText } from "../../machine/mermaid";
import { decodeCursor, encodeCursor } from "../cursor";
import { json, page } from "../json";
import { ProblemError } from "../problem";
import { anyOf, anyOfWords, cursor, limit, plainText } from "../query";
import { endpoint } from "../route";
import { requireService, serviceParams } from "../service-params";
import { serviceView } from "../service-view";

const states = [
  ...new Set(kinds.flatMap((kind) => machineOfKind(kind)?.states.map(({ name }) => name) ?? [])),
];

function view(record: ServiceRecord) {
  return serviceView(record, now().at);
}

/** `GET /api/v1/services` */
export const listServices = endpoint({
  params: z.unknown(),
  query: z.strictObject({
    state: anyOfWords(states),
    kind: anyOfWords(kinds),
    host: anyOf,
    group: anyOf,
    tag: anyOf,
    q: plainText(200).optional(),
    limit,
    cursor,
  }),
  handle: async ({ query, database }) => {
    const [host, name] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["text", "text"]);
    const filter = {
      states: query.state,
      kinds: query.kind,
      hosts: query.host,
      groups: query.group,
      tags: query.tag,
      text: query.q,
      after: host === undefined || name === undefined ? undefined : { host, name },
    };
    const rows = await findServices(database.db, filter, query.limit + 1);
    return json(page(rows, query.limit, view, ({ service }) => encodeCursor([service.host, service.name])));
  },
});

/** `GET /api/v1/services/{host}/{name}` */
export const oneService = endpoint({
  params: serviceParams,
  query: z.strictObject({}),
  handle: async ({ params, database }) => json(view(await requireService(database.db, params))),
});

/** `GET /api/v1/services/{host}/{name}/machine` */
export const machineOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({}),
  handle: async ({ params, database }) => {
    const { service } = await requireService(database.db, params);
    const machine = machineOfKind(service.kind);
    if (!machine)
      throw new ProblemError("not-found", `This Signalbox knows no machine of kind ${service.kind}.`);
    return json({ ...machine, mermaid: mermaidText(machine) });
  },
});
