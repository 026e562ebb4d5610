import { eq, sql } from "drizzle-orm";
import { channels } from "@/db/channels";
import type { Database } from "@/db/open";
import { logChunk, logRequest } from "@/db/schema";
import { now } from "../clock";
import type { LogLine } from "../wire/service";
import type { Watched } from "./commander";
import type { Logger } from "./logger";
import { storable } from "./storable";

const gatherMs = 80;
const checkMs = 5_000;
/** A log that is written faster than it can be told loses its oldest lines, not the newest. */
const mostWaiting = 5_000;

type Request = typeof logRequest.$inferSelect;

/** Answers the web side's wishes for logs of the services that this engine watches. */
export class LogRelay {
  readonly #database: Database;
  readonly #watched: (serviceId: number) => Watched | undefined;
  readonly #log: Logger;
  readonly #following = new Map<string, AbortController>();

  constructor(database: Database, watched: (serviceId: number) => Watched | undefined, log: Logger) {
    this.#database = database;
    this.#watched = watched;
    this.#log = log;
  }

  async wake(): Promise<void> {
    try {
      const open = await this.#database.db.select().from(logRequest).where(eq(logRequest.claimed, false));
      for (const request of open) {
        const watched = this.#watched(request.serviceId);
        if (watched && (await this.#claim(request))) void this.#answer(request, watched);
      }
    } catch (error) {
      this.#log.warn("log requests cannot be read now", { error });
    }
  }

  close(): void {
    for (const controller of this.#following.values()) controller.abort();
  }

  async #claim(request: Request): Promise<boolean> {
    const claimed = await this.#database.db
      .update(logRequest)
      .set({ claimed: true })
      .where(sql`${logRequest.id} = ${request.id} AND NOT ${logRequest.claimed}`)
      .returning({ id: logRequest.id });
    return claimed.length > 0;
  }

  async #answer(request: Request, { track, platform }: Watched): Promise<void> {
    try {
      const query = { lines: request.lines, grep: request.grep ?? undefined };
      if (request.follow)
        await this.#follow(request.id, (signal, onLine) =>
          platform.followLogs(track.name, query, signal, onLine),
        );
      else await this.#send(request.id, await platform.logs(track.name, query), "");
    } catch (error) {
      this.#log.warn("a log could not be read", { service: track.id, error });
      await this.#send(request.id, [], "The log could not be read.").catch(() => {
        // the database is away as well: the asking side has its own deadline
      });
    }
  }

  async #follow(
    id: string,
    follow: (signal: AbortSignal, onLine: (line: LogLine) => void) => Promise<void>,
  ): Promise<void> {
    const controller = new AbortController();
    this.#following.set(id, controller);
    const waiting: LogLine[] = [];
    const flush = setInterval(() => {
      if (waiting.length > 0) void this.#send(id, waiting.splice(0), null).catch(() => controller.abort());
    }, gatherMs);
    const watch = setInterval(() => void this.#endIfUnwanted(id, controller), checkMs);
    try {
      await follow(controller.signal, (line) => {
        waiting.push(line);
        if (waiting.length > mostWaiting) waiting.splice(0, waiting.length - mostWaiting);
      });
    } finally {
      clearInterval(flush);
      clearInterval(watch);
      this.#following.delete(id);
    }
  }

  async #endIfUnwanted(id: string, controller: AbortController): Promise<void> {
    try {
      const [row] = await this.#database.db.select().from(logRequest).where(eq(logRequest.id, id));
      if (!row || row.expiresAt < now().at) controller.abort();
    } catch {
      controller.abort(); // without a database nobody can be listening
    }
  }

  async #send(requestId: string, lines: LogLine[], ended: string | null): Promise<void> {
    await this.#database.db.insert(logChunk).values({ requestId, lines: storable(lines), ended });
    await this.#database.db.execute(sql`SELECT pg_notify(${channels.logChunk}, '')`);
  }
}
