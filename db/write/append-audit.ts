import type { Handle } from "../open";
import { audit } from "../schema";

export interface AuditEntry {
  readonly at: number;
  readonly actor: string;
  /** What was asked for: `command stop`, `token create`, `sign in`. */
  readonly action: string;
  readonly target: string | null;
  readonly outcome: "allowed" | "refused";
  readonly detail: string | null;
}

/** Keeps who asked for what, allowed or refused. Secrets do not belong in it. */
export async function appendAudit(db: Handle, entry: AuditEntry): Promise<void> {
  await db.insert(audit).values(entry);
}
