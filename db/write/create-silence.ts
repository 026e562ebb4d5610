import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { now } from "../../lib/clock";
import type { Matcher, SilenceKind } from "../../lib/wire/alert";
import type { SilenceRecord } from "../../lib/wire/alert-view";
import { silence } from "../alert-schema";
import { channels } from "../channels";
import type { Database } from "../open";
import { appendAudit } from "./append-audit";
import { tellMatching } from "./tell-alerts";

export interface SilenceRequest {
  readonly kind: SilenceKind;
  readonly matcher: Matcher;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly why: string;
  readonly actor: string;
}

/** Says that something is expected for a while: silence, what fires is not told; maintenance, it does not fire. */
export async function createSilence({ db }: Database, request: SilenceRequest): Promise<SilenceRecord> {
  return db.transaction(async (tx) => {
    const at = now().at;
    const { actor, ...rest } = request;
    const [made] = await tx
      .insert(silence)
      .values({ id: randomUUID(), ...rest, createdBy: actor, createdAt: at })
      .returning();
    if (!made) throw new Error("the silence was not stored");
    await appendAudit(tx, {
      at,
      actor,
      action: `${request.kind} create`,
      target: made.id,
      outcome: "allowed",
      detail: `${JSON.stringify(request.matcher)}: ${request.why}`,
    });
    await tx.execute(sql`SELECT pg_notify(${channels.silence}, '')`);
    await tellMatching(tx, request.matcher, at);
    return made;
  });
}
