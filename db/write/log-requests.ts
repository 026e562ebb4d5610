import { asc, eq, inArray, sql } from "drizzle-orm";
import type { LogLine } from "../../lib/wire/service";
import { channels } from "../channels";
import type { Database, Handle } from "../open";
import { logChunk, logRequest } from "../wish-schema";

export interface WantedLog {
  readonly id: string;
  readonly serviceId: number;
  readonly lines: number;
  readonly grep: string | null;
  readonly priority: number | null;
  /** In µs. */
  readonly around: number | null;
  readonly follow: boolean;
  /** After this the engine stops, in µs. */
  readonly expiresAt: number;
}

/** Asks the engine that watches the service's host for its log. */
export async function openLogRequest({ db }: Database, wanted: WantedLog): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(logRequest).values(wanted);
    await tx.execute(sql`SELECT pg_notify(${channels.wish}, '')`);
  });
}

/** Says that somebody still listens. */
export async function renewLogRequest(db: Handle, id: string, expiresAt: number): Promise<void> {
  await db.update(logRequest).set({ expiresAt }).where(eq(logRequest.id, id));
}

export interface TakenChunk {
  readonly lines: readonly LogLine[];
  /** Null while more may come, "" when complete, else why it failed. */
  readonly ended: string | null;
}

/** As many chunks as are taken at a time. */
const mostTaken = 50;

/** Takes the oldest chunks out of the database, at most `mostTaken` of them, in their order. */
export async function takeLogChunks(db: Handle, id: string): Promise<TakenChunk[]> {
  const oldest = db
    .select({ id: logChunk.id })
    .from(logChunk)
    .where(eq(logChunk.requestId, id))
    .orderBy(asc(logChunk.id))
    .limit(mostTaken);
  const taken = await db.delete(logChunk).where(inArray(logChunk.id, oldest)).returning();
  return taken.sort((a, b) => a.id - b.id);
}

/** Nobody listens any more. */
export async function closeLogRequest({ db }: Database, id: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.delete(logRequest).where(eq(logRequest.id, id));
    await tx.delete(logChunk).where(eq(logChunk.requestId, id));
  });
}
