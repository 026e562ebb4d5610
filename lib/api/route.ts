import type { z } from "zod";
import type { Database } from "@/db/open";
import { readBearer } from "../auth/bearer";
import { type Actor, identify } from "../auth/identify";
import { isDatabaseAway } from "./database-away";
import { databaseAway, ProblemError, problemResponse } from "./problem";
import { readQuery } from "./query";
import { logRequest } from "./request-log";
import { askDatabase } from "./web-database";

const answerWithinMs = 15_000;

/** What an endpoint is called with: everything parsed and checked. */
export interface Call<P, Q> {
  readonly actor: Actor;
  readonly params: P;
  readonly query: Q;
  readonly request: Request;
  readonly database: Database;
}

export interface Endpoint {
  /** What it takes, for the description of the API. */
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  /** Answers, or throws what `answerTo` turns into a problem document. */
  answer(request: Request, params: unknown, actor: Actor, database: Database): Promise<Response>;
}

/**
 * One method of one address. Parameters that do not fit name nothing that exists (404); a query that
 * does not fit is malformed (400).
 */
export function endpoint<P extends z.ZodType, Q extends z.ZodType>(spec: {
  readonly params: P;
  readonly query: Q;
  readonly handle: (call: Call<z.output<P>, z.output<Q>>) => Promise<Response>;
}): Endpoint {
  return {
    params: spec.params,
    query: spec.query,
    answer: async (request, given, actor, database) => {
      const params = spec.params.safeParse(given);
      if (!params.success) throw new ProblemError("not-found", "There is nothing at this address.");
      const query = readQuery(new URL(request.url), spec.query);
      return spec.handle({ actor, params: params.data, query, request, database });
    },
  };
}

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/**
 * The handlers of a `route.ts`: the methods given, and 405 for every other one. Strangers are told
 * 401, failures 500 or 503 without what caused them, and each refusal is one line in the log.
 */
export function route(endpoints: { readonly GET?: Endpoint; readonly POST?: Endpoint }) {
  const handler =
    (method: "GET" | "POST" | null): Handler =>
    async (request, context) =>
      answerTo(request, context, method === null ? undefined : endpoints[method], Object.keys(endpoints));
  const other = handler(null);
  return {
    GET: handler("GET"),
    POST: handler("POST"),
    HEAD: other,
    PUT: other,
    PATCH: other,
    DELETE: other,
    OPTIONS: other,
  };
}

async function answerTo(
  request: Request,
  context: { params: Promise<unknown> },
  endpoint: Endpoint | undefined,
  allowed: readonly string[],
): Promise<Response> {
  const who: { actor: Actor | null } = { actor: null };
  try {
    return await askDatabase(answerWithinMs, async (database) => {
      if (!endpoint) throw notAllowed(request.method, allowed);
      who.actor = await identify(database.db, request.headers);
      if (!who.actor) throw unauthenticated();
      refuseForgery(request, who.actor);
      return endpoint.answer(request, await context.params, who.actor, database);
    });
  } catch (error) {
    const problem = problemOf(error);
    // Whoever asked went away: there is nobody to tell, and nothing that went wrong.
    if (request.signal.aborted) return problemResponse(problem);
    logRequest({
      method: request.method,
      path: new URL(request.url).pathname,
      status: problem.status,
      code: problem.code,
      actor: who.actor?.name ?? null,
      detail: problem.message,
      cause: problem.cause,
    });
    return problemResponse(problem);
  }
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDatabaseAway(error)) return databaseAway(error);
  return new ProblemError("internal", "Signalbox failed; its log has the reason.", { cause: error });
}

function notAllowed(method: string, allowed: readonly string[]): ProblemError {
  const detail = `${method} is not possible here; ${allowed.join(" and ") || "nothing"} is.`;
  return new ProblemError("method-not-allowed", detail, { headers: { allow: allowed.join(", ") } });
}

function unauthenticated(): ProblemError {
  const detail = "Send a token as `Authorization: Bearer TOKEN`, or open the link that the start printed.";
  return new ProblemError("unauthenticated", detail, { headers: { "www-authenticate": "Bearer" } });
}

/** A cookie comes along with requests that a foreign page made; those carry a foreign Origin, or none. */
function refuseForgery(request: Request, actor: Actor): void {
  const bare =
    request.headers.get("origin") === null && readBearer(request.headers.get("authorization")) === null;
  if (request.method === "POST" && actor.tag === "session" && bare)
    throw new ProblemError("foreign-origin", "A change needs an Origin header, or a token.");
}
