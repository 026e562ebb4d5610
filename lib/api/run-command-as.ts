import { z } from "zod";
import type { Database } from "@/db/open";
import { requestCommand } from "@/db/write/request-command";
import { refuseOrigin } from "../auth/front-door";
import { type Actor, identify } from "../auth/identify";
import { splitServiceId } from "../config/names";
import type { Command, RefusalCode } from "../wire/service";
import { commandRequest } from "./command-request";
import { isDatabaseAway } from "./database-away";
import { sayIssues } from "./query";
import { logRequest } from "./request-log";
import { askDatabase } from "./web-database";

const answerWithinMs = 10_000;

export type ActionAnswer =
  | { readonly tag: "accepted"; readonly command: Command }
  | { readonly tag: "refused"; readonly code: ActionRefusalCode; readonly reason: string };

export type ActionRefusalCode =
  | RefusalCode
  | "unauthenticated"
  | "foreign-origin"
  | "not-found"
  | "invalid"
  | "unavailable"
  | "internal";

const serviceField = z.object({ service: z.string().max(600) });

/**
 * Runs a command for whoever sent these headers. A server action can be called by anyone who knows
 * its address, so everything is checked here: origin, session, form, and then the guard of commands.
 */
export async function runCommandAs(headers: Headers, input: unknown): Promise<ActionAnswer> {
  const door = refuseOrigin(knockOf(headers), process.env.SIGNALBOX_URL);
  if (door) return refuse(null, "foreign-origin", door.detail);
  const who: { actor: Actor | null } = { actor: null };
  try {
    return await askDatabase(answerWithinMs, async (database) => {
      who.actor = await identify(database.db, headers);
      return who.actor
        ? decide(database, who.actor, input)
        : refuse(
            null,
            "unauthenticated",
            "This browser is not signed in any more: open the start link again.",
          );
    });
  } catch (error) {
    return isDatabaseAway(error)
      ? refuse(
          who.actor,
          "unavailable",
          "The database is out of reach; whether it was done is not known.",
          error,
        )
      : refuse(who.actor, "internal", "Signalbox failed; its log has the reason.", error);
  }
}

async function decide(database: Database, actor: Actor, input: unknown): Promise<ActionAnswer> {
  const named = serviceField.safeParse(input);
  const id = named.success ? splitServiceId(named.data.service) : null;
  if (!id) return refuse(actor, "not-found", "There is no such service.");
  const { service: _service, ...rest } = input as { service: string };
  const asked = commandRequest.safeParse(rest);
  if (!asked.success) return refuse(actor, "invalid", sayIssues(asked.error));
  const answer = await requestCommand(database, { ...id, ...asked.data, actor: actor.name });
  switch (answer.tag) {
    case "accepted":
      return answer;
    case "refused":
      return refuse(actor, answer.code, answer.reason);
    case "unknown-service":
      return refuse(actor, "not-found", `There is no service ${id.host}/${id.name}.`);
  }
}

function knockOf(headers: Headers) {
  return {
    method: "POST",
    host: headers.get("host"),
    origin: headers.get("origin"),
    fetchSite: headers.get("sec-fetch-site"),
    fetchMode: headers.get("sec-fetch-mode"),
    hasBearer: false,
  };
}

function refuse(actor: Actor | null, code: ActionRefusalCode, reason: string, cause?: unknown): ActionAnswer {
  const status = code === "internal" ? 500 : 200;
  logRequest({
    method: "POST",
    path: "run-command",
    status,
    code,
    actor: actor?.name ?? null,
    detail: reason,
    cause,
  });
  return { tag: "refused", code, reason };
}
