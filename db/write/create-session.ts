import { lte } from "drizzle-orm";
import { session } from "../access-schema";
import type { Database } from "../open";
import { isStartKey } from "../read/who";
import { appendAudit } from "./append-audit";

export interface WantedSession {
  /** Hash of the start link's key that was shown. */
  readonly keyHash: string;
  /** Hash of the new session's secret. */
  readonly hash: string;
  readonly actor: string;
  readonly at: number;
  readonly expiresAt: number;
}

/** Opens a session for whoever shows the newest start's key. @returns false when it is another key. */
export async function createSession({ db }: Database, wanted: WantedSession): Promise<boolean> {
  const { keyHash, hash, actor, at, expiresAt } = wanted;
  return db.transaction(async (tx) => {
    const right = await isStartKey(tx, keyHash);
    const outcome = right ? "allowed" : "refused";
    const detail = right ? null : "wrong key";
    await appendAudit(tx, { at, actor, action: "sign in", target: null, outcome, detail });
    if (!right) return false;
    await tx.delete(session).where(lte(session.expiresAt, at));
    await tx.insert(session).values({ hash, actor, createdAt: at, expiresAt });
    return true;
  });
}
