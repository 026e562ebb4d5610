import { readBearer } from "../auth/bearer";
import { hashSecret } from "../auth/secret";
import { writeFamilies } from "../metrics/exposition";
import { familyOf } from "../metrics/family";
import { webFamilies } from "../metrics/web-figures";
import { DatabaseSilentError, withinMs } from "./database-away";
import { exposition } from "./endpoints/metrics";
import { databaseAway, problemResponse } from "./problem";

type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>;

/** Prometheus itself waits ten seconds, unless told otherwise. */
const answerWithinMs = 5_000;
const rememberMs = 3_600_000;
const mostTokens = 100;

/** Hashes of the tokens that were let in lately, and when. */
const key = Symbol.for("signalbox.scrape-tokens");
const shared = globalThis as { [key]?: Map<string, number> };

/**
 * Keeps answering a scrape while the database is away, so that this can be told from a Signalbox that
 * is gone: with `signalbox_database_up 0` and this process's own figures, nothing of the fleet. Whose
 * token it is cannot be asked then; one that was let in within the last hour is.
 */
export function alsoWithoutDatabase(answer: Handler): Handler {
  return async (request, context) => {
    const token = readBearer(request.headers.get("authorization"));
    const response = await inTime(answer(request, context));
    if (token === null) return response;
    const hash = hashSecret(token);
    if (response.ok) remember(hash);
    if (response.status === 401) known().delete(hash);
    const isKnown = Date.now() - (known().get(hash) ?? 0) < rememberMs;
    if (response.status !== 503 || !isKnown) return response;
    const down = familyOf("signalbox_database_up", [{ labels: {}, value: 0 }]);
    return exposition(await writeFamilies([down, ...(await webFamilies())], "text/plain"));
  };
}

async function inTime(answer: Promise<Response>): Promise<Response> {
  try {
    return await withinMs(answerWithinMs, answer);
  } catch (error) {
    if (!(error instanceof DatabaseSilentError)) throw error;
    return problemResponse(databaseAway(error));
  }
}

function known(): Map<string, number> {
  shared[key] ??= new Map();
  return shared[key];
}

function remember(hash: string): void {
  known().delete(hash);
  known().set(hash, Date.now());
  const [oldest] = known().keys();
  if (known().size > mostTokens && oldest !== undefined) known().delete(oldest);
}
