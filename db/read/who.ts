import { and, eq, gt, isNull } from "drizzle-orm";
import { apiToken, session, startKey } from "../access-schema";
import type { Handle } from "../open";

/** The actor of a session that has not expired at `at`. */
export async function readSessionActor(db: Handle, hash: string, at: number): Promise<string | null> {
  const [found] = await db
    .select({ actor: session.actor })
    .from(session)
    .where(and(eq(session.hash, hash), gt(session.expiresAt, at)));
  return found?.actor ?? null;
}

/** The token with this hash, unless it was revoked. */
export async function readLiveToken(db: Handle, hash: string) {
  const [found] = await db
    .select({ name: apiToken.name, role: apiToken.role })
    .from(apiToken)
    .where(and(eq(apiToken.hash, hash), isNull(apiToken.revokedAt)));
  return found ?? null;
}

/** Every token that was not revoked, oldest first. */
export async function readLiveTokens(db: Handle) {
  return db
    .select({ id: apiToken.id, name: apiToken.name, role: apiToken.role, createdAt: apiToken.createdAt })
    .from(apiToken)
    .where(isNull(apiToken.revokedAt))
    .orderBy(apiToken.createdAt);
}

/** Whether this is the hash of the newest start's key. */
export async function isStartKey(db: Handle, hash: string): Promise<boolean> {
  const found = await db.select({ hash: startKey.hash }).from(startKey).where(eq(startKey.hash, hash));
  return found.length > 0;
}
