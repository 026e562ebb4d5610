import { isDatabaseAway } from "@/lib/api/database-away";
import { databaseAway, problemResponse } from "@/lib/api/problem";
import { logRequest } from "@/lib/api/request-log";
import { askDatabase } from "@/lib/api/web-database";
import { identify } from "@/lib/auth/identify";
import { sessionCookie } from "@/lib/auth/session-cookie";
import { safePath, signIn } from "@/lib/auth/sign-in";

const answerWithinMs = 5_000;

/** The printed link leads here: its key becomes this browser's session. A wrong key leads to the sign-in page. */
export async function GET(request: Request): Promise<Response> {
  try {
    return await exchange(request);
  } catch (error) {
    if (!isDatabaseAway(error)) throw error;
    const problem = databaseAway(error);
    log(problem.status, problem.code, problem.message, error);
    return problemResponse(problem);
  }
}

async function exchange(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const path = safePath(searchParams.get("next"));
  const key = searchParams.get("key") ?? "";
  const secret = await askDatabase(answerWithinMs, (database) => signIn(database, key));
  if (secret !== null) return seeOther(path, { "set-cookie": sessionCookie(secret) });
  const known = await askDatabase(answerWithinMs, ({ db }) => identify(db, request.headers));
  if (known) return seeOther(path);
  log(303, "unauthenticated", "wrong start key");
  return seeOther("/?wrong=1");
}

function log(status: number, code: string, detail: string, cause?: unknown): void {
  logRequest({ method: "GET", path: "/sign-in", status, code, actor: null, detail, cause });
}

function seeOther(location: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store", ...headers } });
}
