import type { Database } from "@/db/open";
import { appendAudit } from "@/db/write/append-audit";
import type { Actor } from "../auth/identify";
import { mayChangeAlerts } from "../auth/may";
import { now } from "../clock";
import { ProblemError } from "./problem";

/** Refused requests are kept as well. @throws ProblemError `forbidden` for whoever may only look. */
export async function requireMayChangeAlerts(
  { db }: Database,
  actor: Actor,
  action: string,
  target: string | null,
): Promise<void> {
  if (mayChangeAlerts(actor)) return;
  const detail = "A viewer may look at alerts, silences and channels, and change or try none.";
  await appendAudit(db, { at: now().at, actor: actor.name, action, target, outcome: "refused", detail });
  throw new ProblemError("forbidden", detail);
}
