import type { Database } from "@/db/open";
import { createSession } from "@/db/write/create-session";
import { now } from "../clock";
import { localOperator } from "./identify";
import { hashSecret, looksLikeSecret, newSecret } from "./secret";
import { sessionLifetimeUs } from "./session-cookie";

/** Exchanges the start link's key for a session. @returns its secret; null when the key is another one. */
export async function signIn(database: Database, key: string): Promise<string | null> {
  if (!looksLikeSecret(key)) return null;
  const secret = newSecret();
  const at = now().at;
  const opened = await createSession(database, {
    keyHash: hashSecret(key),
    hash: hashSecret(secret),
    actor: localOperator,
    at,
    expiresAt: at + sessionLifetimeUs,
  });
  return opened ? secret : null;
}

/** Where to go after signing in: a path of ours, never another site. Anything else leads to `/`. */
export function safePath(wanted: string | null): string {
  if (wanted === null || !wanted.startsWith("/")) return "/";
  const here = "http://here.invalid";
  if (!URL.canParse(wanted, here)) return "/";
  const url = new URL(wanted, here);
  return url.origin === here ? `${url.pathname}${url.search}${url.hash}` : "/";
}
