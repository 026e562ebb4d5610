import { isIPv4 } from "node:net";

/** What the front door looks at. `host` and `origin` are the headers as they came. */
export interface Knock {
  readonly method: string;
  readonly host: string | null;
  readonly origin: string | null;
  /** `Sec-Fetch-Site` and `Sec-Fetch-Mode`, which browsers send and pages cannot forge. */
  readonly fetchSite: string | null;
  readonly fetchMode: string | null;
  /** Whether some proxy passed the request on. */
  readonly forwarded: boolean;
  /** Programs with a token send no Origin, and no foreign page can make a browser send the token. */
  readonly hasBearer: boolean;
}

export interface DoorRefusal {
  readonly code: "forwarded" | "foreign-host" | "foreign-origin";
  readonly detail: string;
}

/**
 * Why a request is turned away before anybody looks at it (CONTRACT.md, "HTTP API"): it came through
 * a proxy, for a name that is not ours (DNS rebinding), or from a page that is not ours.
 * @param publicUrl `SIGNALBOX_URL`, if it is set.
 */
export function refuseAtDoor(knock: Knock, publicUrl: string | undefined): DoorRefusal | null {
  if (knock.forwarded)
    return {
      code: "forwarded",
      detail: "The request came through a proxy; until Signalbox has users to sign in, it answers none.",
    };
  if (!isOurHost(knock.host, publicUrl))
    return {
      code: "foreign-host",
      detail: "The Host header is neither a loopback name nor the one in SIGNALBOX_URL.",
    };
  return refuseOrigin(knock, publicUrl);
}

/** The part that a server action repeats: whether it was called from a page of ours. */
export function refuseOrigin(
  knock: Omit<Knock, "forwarded">,
  publicUrl: string | undefined,
): DoorRefusal | null {
  const { method, host, origin, hasBearer } = knock;
  if (origin !== null)
    return isOurOrigin(origin, host, publicUrl)
      ? null
      : foreign("The request comes from a page of another origin.");
  if (isReading(method))
    return comesFromForeignPage(knock) ? foreign("The request comes from another site.") : null;
  return hasBearer ? null : foreign("A change needs an Origin header, or a token.");
}

function foreign(detail: string): DoorRefusal {
  return { code: "foreign-origin", detail };
}

function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/** A link from elsewhere may lead here; a page elsewhere may not embed or fetch what is here. */
function comesFromForeignPage({ fetchSite, fetchMode }: Pick<Knock, "fetchSite" | "fetchMode">): boolean {
  return (fetchSite === "cross-site" || fetchSite === "same-site") && fetchMode !== "navigate";
}

const hostPattern = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::\d{1,5})?$/i;

function hostName(host: string | null): string | null {
  return hostPattern.exec(host ?? "")?.[1]?.toLowerCase() ?? null;
}

function isOurHost(host: string | null, publicUrl: string | undefined): boolean {
  const name = hostName(host);
  if (name === null) return false;
  return isLoopback(name) || (publicUrl !== undefined && name === new URL(publicUrl).hostname);
}

function isLoopback(name: string): boolean {
  return name === "localhost" || name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
}

function isOurOrigin(origin: string, host: string | null, publicUrl: string | undefined): boolean {
  const name = hostName(host);
  if (publicUrl !== undefined && name === new URL(publicUrl).hostname)
    return origin === new URL(publicUrl).origin;
  return URL.canParse(origin) && host !== null && origin === new URL(`http://${host}`).origin;
}
