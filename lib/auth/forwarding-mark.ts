import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** Says whether a request had forwarding headers when it arrived. Set by us alone. */
export const forwardingMark = "x-signalbox-forwarded";

const forwardingNames = new Set([
  "forwarded",
  "via",
  "x-real-ip",
  "x-client-ip",
  "x-cluster-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
]);

/** Whether these raw headers (name, value, name, value, …) tell of a proxy. */
export function isForwarded(rawHeaders: readonly string[]): boolean {
  return rawHeaders.some((text, index) => {
    const name = text.toLowerCase();
    return index % 2 === 0 && (forwardingNames.has(name) || name.startsWith("x-forwarded-"));
  });
}

const marking = Symbol.for("signalbox.forwarding-mark");
const shared = globalThis as { [marking]?: true };

/** What Next's router can carry to a handler; with others it answers 400 or 500 by itself. */
const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Marks every request of this process before Next sees it: Next adds `x-forwarded-*` headers of its
 * own, after which nobody can tell whether a proxy sent some.
 */
export function markForwardedRequests(): void {
  if (shared[marking]) return;
  shared[marking] = true;
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers[forwardingMark] = isForwarded(request.rawHeaders) ? "yes" : "no";
    // An odd method, or `OPTIONS *`, is told 405 like every other one that a route does not have.
    if (!knownMethods.has(request.method ?? "")) request.method = "OPTIONS";
    if (!request.url?.startsWith("/")) request.url = "/";
  });
}
