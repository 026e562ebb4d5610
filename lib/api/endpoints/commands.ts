import { z } from "zod";
import { readCommand } from "@/db/read/command";
import { requestCommand } from "@/db/write/request-command";
import { commandView } from "../../wire/command-view";
import { commandRequest } from "../command-request";
import { json } from "../json";
import { ProblemError } from "../problem";
import { sayIssues } from "../query";
import { readJson } from "../read-body";
import { endpoint } from "../route";
import { noService, requireService, serviceParams } from "../service-params";

/** `POST /api/v1/services/{host}/{name}/commands` */
export const postCommand = endpoint({
  params: serviceParams,
  query: z.strictObject({}),
  handle: async ({ params, actor, request, database }) => {
    const asked = await readRequest(request).catch(async (error: unknown) => {
      // Of a service that is not there, that is what is wrong.
      await requireService(database.db, params);
      throw error;
    });
    const answer = await requestCommand(database, { ...params, ...asked, actor: actor.name });
    switch (answer.tag) {
      case "accepted":
        return json(answer.command, 202);
      case "refused":
        throw new ProblemError(answer.code, answer.reason);
      case "unknown-service":
        throw noService(params);
    }
  },
});

async function readRequest(request: Request) {
  const read = commandRequest.safeParse(await readJson(request));
  if (read.success) return read.data;
  const about = read.error.issues.some((issue) => issue.path[0] === "event") ? "unknown-event" : "invalid";
  throw new ProblemError(about, sayIssues(read.error));
}

/** `GET /api/v1/commands/{id}` */
export const oneCommand = endpoint({
  params: z.object({ id: z.uuid() }),
  query: z.strictObject({}),
  handle: async ({ params, database }) => {
    const found = await readCommand(database.db, params.id.toLowerCase());
    if (!found) throw new ProblemError("not-found", "There is no command of this id.");
    return json(commandView(found.command, found.service));
  },
});
