import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { now, toRfc3339 } from "../../lib/clock";
import { alert, alertEvent } from "../alert-schema";
import type { Database } from "../open";
import { readAlerts } from "../read/alerts";
import type { AlertAnswer } from "./acknowledge-alert";
import { appendAudit } from "./append-audit";
import { tellAlerts } from "./tell-alerts";

/** Takes an acknowledgement back, whosever it was: the alert fires again for everybody. */
export async function unacknowledgeAlert(
  { db }: Database,
  { id, actor }: { readonly id: string; readonly actor: string },
): Promise<AlertAnswer> {
  return db.transaction(async (tx) => {
    const at = now().at;
    const freed = await tx
      .update(alert)
      .set({ acknowledgedBy: null, acknowledgedAt: null, acknowledgedNote: null })
      .where(and(eq(alert.id, id), isNull(alert.resolvedAt), isNotNull(alert.acknowledgedAt)))
      .returning({ id: alert.id });
    const [record] = await readAlerts(tx, [id]);
    if (!record) return { tag: "unknown-alert" };
    const audit = { at, actor, action: "alert unacknowledge", target: id };
    if (freed.length === 0) {
      const { resolvedAt } = record;
      const reason =
        resolvedAt === null ? "Nobody has acknowledged it." : `It was resolved at ${toRfc3339(resolvedAt)}.`;
      await appendAudit(tx, { ...audit, outcome: "refused", detail: reason });
      return { tag: "refused", reason };
    }
    await appendAudit(tx, { ...audit, outcome: "allowed", detail: null });
    await tx.insert(alertEvent).values({ alertId: id, at, what: "unacknowledged", actor });
    const [told] = await tellAlerts(tx, [id], at);
    return told ? { tag: "done", alert: told } : { tag: "unknown-alert" };
  });
}
