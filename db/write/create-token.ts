import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { apiToken } from "../access-schema";
import type { Database } from "../open";
import { appendAudit } from "./append-audit";

export interface WantedToken {
  readonly name: string;
  readonly role: (typeof apiToken.$inferSelect)["role"];
  readonly hash: string;
  /** Who makes it. */
  readonly actor: string;
  readonly at: number;
}

/** Stores a token by its hash. @returns false when a token of this name is in use. */
export async function createToken({ db }: Database, wanted: WantedToken): Promise<boolean> {
  const { name, role, hash, actor, at } = wanted;
  return db.transaction(async (tx) => {
    // Two made at once would both find the name free.
    await tx.execute(sql`LOCK TABLE ${apiToken} IN SHARE ROW EXCLUSIVE MODE`);
    const same = await tx
      .select({ id: apiToken.id })
      .from(apiToken)
      .where(and(eq(apiToken.name, name), isNull(apiToken.revokedAt)));
    if (same.length > 0) return false;
    await tx.insert(apiToken).values({ id: randomUUID(), name, role, hash, createdAt: at });
    await appendAudit(tx, {
      at,
      actor,
      action: "token create",
      target: name,
      outcome: "allowed",
      detail: role,
    });
    return true;
  });
}
