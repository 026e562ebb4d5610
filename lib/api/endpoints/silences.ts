import { z } from "zod";
import { findSilences } from "@/db/read/alerts";
import { createSilence } from "@/db/write/create-silence";
import { endSilence } from "@/db/write/end-silence";
import { now } from "../../clock";
import { silenceView } from "../../wire/alert-view";
import { decodeCursor, encodeCursor } from "../cursor";
import { json, page } from "../json";
import { ProblemError } from "../problem";
import { cursor, limit, sayIssues } from "../query";
import { readJson } from "../read-body";
import { requireMayChangeAlerts } from "../require-may";
import { endpoint } from "../route";
import { silenceRequest } from "../silence-request";

/** `GET /api/v1/silences`: silences and maintenances, the newest first, also those that are over. */
export const listSilences = endpoint({
  params: z.unknown(),
  query: z.strictObject({ limit, cursor }),
  handle: async ({ query, database: { db } }) => {
    const [createdAt, id] = query.cursor === undefined ? [] : decodeCursor(query.cursor, ["bigint", "text"]);
    const after = createdAt === undefined || id === undefined ? undefined : { createdAt, id };
    const rows = await findSilences(db, after, query.limit + 1);
    return json(page(rows, query.limit, silenceView, (row) => encodeCursor([row.createdAt, row.id])));
  },
});

/** `POST /api/v1/silences` */
export const postSilence = endpoint({
  params: z.unknown(),
  query: z.strictObject({}),
  handle: async ({ actor, request, database }) => {
    await requireMayChangeAlerts(database, actor, "silence create", null);
    const read = silenceRequest(now().at).safeParse(await readJson(request));
    if (!read.success) throw new ProblemError("invalid", sayIssues(read.error));
    return json(silenceView(await createSilence(database, { ...read.data, actor: actor.name })), 201);
  },
});

/** `POST /api/v1/silences/{id}/end` */
export const postEndSilence = endpoint({
  params: z.object({ id: z.uuid().transform((id) => id.toLowerCase()) }),
  query: z.strictObject({}),
  handle: async ({ params: { id }, actor, database }) => {
    await requireMayChangeAlerts(database, actor, "silence end", id);
    const answer = await endSilence(database, { id, actor: actor.name });
    switch (answer.tag) {
      case "done":
        return json(silenceView(answer.silence));
      case "refused":
        throw new ProblemError("conflict", answer.reason);
      case "unknown-silence":
        throw new ProblemError("not-found", "There is no silence of this id.");
    }
  },
});
