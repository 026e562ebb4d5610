const lifetimeSeconds = 30 * 24 * 3600;

/** How long a sign-in lasts, in microseconds. */
export const sessionLifetimeUs = lifetimeSeconds * 1_000_000;

/** Cookies know no ports: two Signalboxes on one host would sign each other's browsers out. */
export function sessionCookieName(): string {
  return `signalbox_${process.env.PORT ?? "4600"}`;
}

/** The `Set-Cookie` line of a new session. No script reads it, and no foreign site's post carries it. */
export function sessionCookie(secret: string): string {
  return `${sessionCookieName()}=${secret}; Path=/; Max-Age=${lifetimeSeconds}; HttpOnly; SameSite=Lax`;
}

/** The session's secret in a `Cookie` header, if there is one. */
export function readSessionCookie(header: string | null): string | null {
  const prefix = `${sessionCookieName()}=`;
  const found = header
    ?.split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix));
  return found === undefined ? null : found.slice(prefix.length);
}
