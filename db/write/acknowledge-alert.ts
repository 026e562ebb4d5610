import { and, eq, isNull } from "drizzle-orm";
import { now, toRfc3339 } from "../../lib/clock";
import type { Alert } from "../../lib/wire/alert";
import { alert, alertEvent } from "../alert-schema";
import type { Database } from "../open";
import { readAlerts, type StoredAlert } from "../read/alerts";
import { appendAudit } from "./append-audit";
import { tellAlerts } from "./tell-alerts";

export type AlertAnswer =
  | { readonly tag: "done"; readonly alert: Alert }
  | { readonly tag: "refused"; readonly reason: string }
  | { readonly tag: "unknown-alert" };

/**
 * Somebody says that they have it: an alert is acknowledged once, and only while it is not resolved.
 * Of two at the same time one is first, and the other is told who.
 */
export async function acknowledgeAlert(
  { db }: Database,
  { id, actor, note }: { readonly id: string; readonly actor: string; readonly note: string | null },
): Promise<AlertAnswer> {
  return db.transaction(async (tx) => {
    const at = now().at;
    const taken = await tx
      .update(alert)
      .set({ acknowledgedBy: actor, acknowledgedAt: at, acknowledgedNote: note })
      .where(and(eq(alert.id, id), isNull(alert.resolvedAt), isNull(alert.acknowledgedAt)))
      .returning({ id: alert.id });
    const [record] = await readAlerts(tx, [id]);
    if (!record) return { tag: "unknown-alert" };
    const refusal = taken.length > 0 ? null : sayRefusal(record);
    const audit = { at, actor, action: "alert acknowledge", target: id };
    if (refusal !== null) {
      await appendAudit(tx, { ...audit, outcome: "refused", detail: refusal });
      return { tag: "refused", reason: refusal };
    }
    await appendAudit(tx, { ...audit, outcome: "allowed", detail: note });
    await tx.insert(alertEvent).values({ alertId: id, at, what: "acknowledged", actor, note });
    const [told] = await tellAlerts(tx, [id], at);
    return told ? { tag: "done", alert: told } : { tag: "unknown-alert" };
  });
}

function sayRefusal({ resolvedAt, acknowledgedBy, acknowledgedAt }: StoredAlert): string {
  if (resolvedAt !== null) return `It was resolved at ${toRfc3339(resolvedAt)}.`;
  return `${acknowledgedBy} has acknowledged it at ${toRfc3339(acknowledgedAt ?? 0)}.`;
}
