import type { Handle } from "@/db/open";
import { readLiveToken, readSessionActor } from "@/db/read/who";
import { now } from "../clock";
import { readBearer } from "./bearer";
import { hashSecret, looksLikeSecret } from "./secret";
import { readSessionCookie } from "./session-cookie";

export const roles = ["viewer", "operator", "admin"] as const;
export type Role = (typeof roles)[number];

export const tokenPrefix = "sb_";

/** Who a browser that opened the start link is. */
export const localOperator = "local operator";

/** Who asks. A token's role is stored with it; nothing is decided by it until roles exist. */
export type Actor =
  | { readonly tag: "session"; readonly name: string }
  | { readonly tag: "token"; readonly name: string; readonly role: Role };

/**
 * Who sends these headers: the holder of a Bearer token, else of a session's cookie. A token that is
 * wrong is not made good by a cookie.
 * @returns null for a stranger.
 */
export async function identify(db: Handle, headers: Headers): Promise<Actor | null> {
  const bearer = readBearer(headers.get("authorization"));
  if (bearer !== null) return identifyToken(db, bearer);
  const secret = readSessionCookie(headers.get("cookie"));
  return secret === null ? null : identifySession(db, secret);
}

async function identifyToken(db: Handle, token: string): Promise<Actor | null> {
  if (!token.startsWith(tokenPrefix) || !looksLikeSecret(token.slice(tokenPrefix.length))) return null;
  const found = await readLiveToken(db, hashSecret(token));
  return found && { tag: "token", ...found };
}

async function identifySession(db: Handle, secret: string): Promise<Actor | null> {
  if (!looksLikeSecret(secret)) return null;
  const name = await readSessionActor(db, hashSecret(secret), now().at);
  return name === null ? null : { tag: "session", name };
}
