import { and, eq, isNull, or } from "drizzle-orm";
import { apiToken } from "../access-schema";
import type { Database } from "../open";
import { appendAudit } from "./append-audit";

/** Ends a token at once. @param which its name or id. @returns its name; `null` when there is none in use. */
export async function revokeToken(
  { db }: Database,
  which: string,
  actor: string,
  at: number,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiToken)
      .set({ revokedAt: at })
      .where(and(or(eq(apiToken.name, which), eq(apiToken.id, which)), isNull(apiToken.revokedAt)))
      .returning({ name: apiToken.name });
    if (!revoked) return null;
    const entry = { at, actor, action: "token revoke", target: revoked.name, detail: null };
    await appendAudit(tx, { ...entry, outcome: "allowed" });
    return revoked.name;
  });
}
