import { and, eq, gt, isNull, sql } from "drizzle-orm";
import { now, toRfc3339 } from "../../lib/clock";
import type { SilenceRecord } from "../../lib/wire/alert-view";
import { silence } from "../alert-schema";
import { channels } from "../channels";
import type { Database } from "../open";
import { appendAudit } from "./append-audit";
import { tellMatching } from "./tell-alerts";

type EndAnswer =
  | { readonly tag: "done"; readonly silence: SilenceRecord }
  | { readonly tag: "refused"; readonly reason: string }
  | { readonly tag: "unknown-silence" };

/** Ends a silence or a maintenance before its time: what still holds is told from here on. */
export async function endSilence(
  { db }: Database,
  { id, actor }: { readonly id: string; readonly actor: string },
): Promise<EndAnswer> {
  return db.transaction(async (tx) => {
    const at = now().at;
    const [ended] = await tx
      .update(silence)
      .set({ endedBy: actor, endedAt: at })
      .where(and(eq(silence.id, id), isNull(silence.endedAt), gt(silence.endsAt, at)))
      .returning();
    const [found] = ended ? [ended] : await tx.select().from(silence).where(eq(silence.id, id));
    if (!found) return { tag: "unknown-silence" };
    const audit = { at, actor, action: `${found.kind} end`, target: id };
    if (!ended) {
      const reason = `It has been over since ${toRfc3339(found.endedAt ?? found.endsAt)}.`;
      await appendAudit(tx, { ...audit, outcome: "refused", detail: reason });
      return { tag: "refused", reason };
    }
    await appendAudit(tx, { ...audit, outcome: "allowed", detail: null });
    await tx.execute(sql`SELECT pg_notify(${channels.silence}, '')`);
    await tellMatching(tx, ended.matcher, at);
    return { tag: "done", silence: ended };
  });
}
