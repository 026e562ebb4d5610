import { STATUS_CODES } from "node:http";
import type { Problem, RefusalCode } from "../wire/service";

/** Every reason for which the API turns a request away, with the status it is told by. */
const statuses = {
  malformed: 400,
  unauthenticated: 401,
  forwarded: 403,
  "foreign-host": 403,
  "foreign-origin": 403,
  "not-found": 404,
  "method-not-allowed": 405,
  "not-acceptable": 406,
  conflict: 409,
  "too-large": 413,
  "unsupported-media-type": 415,
  invalid: 422,
  "unknown-event": 422,
  internal: 500,
  "log-failed": 502,
  unavailable: 503,
  "log-timeout": 504,
  "usage-timeout": 504,
} as const;
export type ProblemCode = keyof typeof statuses | RefusalCode;

/**
 * A request that is turned away. `detail` is told to whoever asked, `cause` only to the log.
 * Thrown by what parses and checks; `route()` makes the answer of it.
 */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { readonly headers?: Readonly<Record<string, string>>; readonly cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.headers = options.headers ?? {};
  }

  get status(): number {
    return statusOf(this.code);
  }
}

/** A command's refusals are conflicts; all else has a status of its own. */
function statusOf(code: ProblemCode): number {
  if (code === "forbidden") return 403;
  return code in statuses ? statuses[code as keyof typeof statuses] : 409;
}

/** What is told while the database is out of reach. */
export function databaseAway(cause: unknown): ProblemError {
  const detail = "The database is out of reach; it is tried again all the time.";
  return new ProblemError("unavailable", detail, { cause, headers: { "retry-after": "2" } });
}

/** The problem document (RFC 9457) of a refusal. */
export function problemResponse({ code, status, message, headers }: ProblemError): Response {
  const problem: Problem = {
    type: `urn:signalbox:problem:${code}`,
    status,
    code,
    title: STATUS_CODES[status] ?? "Problem",
    detail: message,
  };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
