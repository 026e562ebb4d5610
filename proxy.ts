import { type NextRequest, NextResponse } from "next/server";
import { ProblemError, problemResponse } from "./lib/api/problem";
import { logRequest } from "./lib/api/request-log";
import { readBearer } from "./lib/auth/bearer";
import { contentSecurityPolicy } from "./lib/auth/content-security-policy";
import { forwardingMark } from "./lib/auth/forwarding-mark";
import { refuseAtDoor } from "./lib/auth/front-door";
import { newSecret } from "./lib/auth/secret";

/** What every request passes before a route sees it. Who it is, the routes and pages ask themselves. */
export function proxy(request: NextRequest): Response {
  const { headers, method, nextUrl } = request;
  // In its first instants Next answers before instrumentation.ts has run: nobody has looked yet.
  if (!headers.has(forwardingMark))
    return problemResponse(
      new ProblemError("unavailable", "Signalbox is starting.", { headers: { "retry-after": "1" } }),
    );
  const refusal = refuseAtDoor(
    {
      method,
      host: headers.get("host"),
      origin: headers.get("origin"),
      fetchSite: headers.get("sec-fetch-site"),
      fetchMode: headers.get("sec-fetch-mode"),
      forwarded: headers.get(forwardingMark) !== "no",
      hasBearer: readBearer(headers.get("authorization")) !== null,
    },
    process.env.SIGNALBOX_URL,
  );
  if (refusal) return refuse(request, new ProblemError(refusal.code, refusal.detail));
  if (!isDecodable(nextUrl.pathname))
    return refuse(request, new ProblemError("malformed", "The address is not valid percent-encoded UTF-8."));
  return isForPrograms(nextUrl.pathname) ? NextResponse.next() : withPolicy(headers);
}

export const config = { matcher: "/((?!_next/static/).*)" };

function refuse(request: NextRequest, problem: ProblemError): Response {
  const { code, status, message } = problem;
  const path = request.nextUrl.pathname;
  logRequest({ method: request.method, path, status, code, actor: null, detail: message });
  return problemResponse(problem);
}

function isForPrograms(path: string): boolean {
  return path === "/api" || path.startsWith("/api/") || path === "/metrics";
}

/** Next answers 500 to an address that cannot be decoded. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Next finds the nonce in the request's policy and puts it on its own scripts. */
function withPolicy(given: Headers): Response {
  const nonce = newSecret();
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(given);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}
