import { z } from "zod";
import { chooseType } from "../accept";
import { fleetTransitionPage, transitionPage } from "../history-pages";
import { json } from "../json";
import { ProblemError } from "../problem";
import { cursor, instant, limit } from "../query";
import { endpoint } from "../route";
import { requireHistory, serviceParams } from "../service-params";
import { csvForm, type ExportForm, exportTransitions, jsonLinesForm } from "../transition-export";
import { filterOf, transitionQuery } from "../transition-query";

/** `GET /api/v1/services/{host}/{name}/transitions` */
export const transitionsOfService = endpoint({
  params: serviceParams,
  query: z.strictObject({ from: instant, to: instant, limit, cursor }),
  handle: async ({ params, query, database: { db } }) =>
    json(await transitionPage(db, await requireHistory(db, params), query)),
});

/** `GET /api/v1/transitions`; as CSV and JSON lines all of it, unless a limit is given. */
export const transitionsOfFleet = endpoint({
  params: z.unknown(),
  query: transitionQuery,
  handle: async ({ query, request, database }) => {
    const form = query.format === undefined ? formByAccept(request) : forms[query.format];
    if (form === null) return json(await fleetTransitionPage(database.db, query));
    return exportTransitions(database, filterOf(query), query.limit, form, request);
  },
});

/** What may be asked for by `format`, where a link cannot send `Accept`; null is the ordinary page. */
const forms: Readonly<Record<"json" | "csv" | "jsonl", ExportForm | null>> = {
  json: null,
  csv: csvForm,
  jsonl: jsonLinesForm("application/x-ndjson"),
};

const types = ["application/json", "text/csv", "application/x-ndjson", "application/jsonl"] as const;

function formByAccept(request: Request): ExportForm | null {
  const type = chooseType(request.headers.get("accept"), types);
  switch (type) {
    case "application/json":
      return null;
    case "text/csv":
      return csvForm;
    case "application/x-ndjson":
    case "application/jsonl":
      return jsonLinesForm(type);
    case null:
      throw new ProblemError("not-acceptable", `History is told as ${types.join(", ")}.`);
  }
}
