import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { channels } from "@/db/channels";
import type { Database } from "@/db/open";
import { logChunk, logRequest } from "@/db/wish-schema";
import { now } from "../clock";
import type { LogLine } from "../wire/service";
import type { Watched } from "./commander";
import type { Logger } from "./logger";
import { WaitingLines } from "./waiting-lines";

const gatherMs = 80;
const checkMs = 5_000;
/** What one chunk carries, about, and how many of them wait in the database until they are taken. */
const chunkBytes = 64_000;
const mostChunks = 16;
/** What else waits here, for each request. */
const mostWaitingBytes = 1_000_000;

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
      const query = {
        lines: request.lines,
        grep: request.grep ?? undefined,
        priority: request.priority ?? undefined,
        around: request.around ?? undefined,
      };
      if (request.follow)
        await this.#follow(request.id, (signal, onLine) =>
          platform.followLogs(track.name, query, signal, onLine),
        );
      else await this.#sendAll(request.id, await platform.logs(track.name, query));
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
    const waiting = new WaitingLines(mostWaitingBytes);
    const over = new AbortController();
    const telling = this.#tell(id, waiting, over.signal).catch(() => controller.abort());
    const watch = setInterval(() => void this.#endIfUnwanted(id, controller), checkMs);
    try {
      await follow(controller.signal, (line) => waiting.push(line));
    } finally {
      over.abort();
      clearInterval(watch);
      this.#following.delete(id);
      await telling;
    }
  }

  /** One chunk after the other, as fast as they are taken, until `over` and nothing more can be told. */
  async #tell(id: string, waiting: WaitingLines, over: AbortSignal): Promise<void> {
    for (;;) {
      if (!waiting.isEmpty && (await this.#hasRoom(id))) await this.#send(id, waiting.take(chunkBytes), null);
      else if (over.aborted) return;
      else await sleep(gatherMs);
    }
  }

  /** A reader that stalls leaves its chunks in the database: no more of them than it may have. */
  async #hasRoom(id: string): Promise<boolean> {
    const { db } = this.#database;
    return (await db.$count(logChunk, eq(logChunk.requestId, id))) < mostChunks;
  }

  async #sendAll(id: string, lines: readonly LogLine[]): Promise<void> {
    const waiting = new WaitingLines(Number.POSITIVE_INFINITY);
    for (const line of lines) waiting.push(line);
    do {
      const chunk = waiting.take(chunkBytes);
      await this.#send(id, chunk, waiting.isEmpty ? "" : null);
    } while (!waiting.isEmpty);
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
    await this.#database.db.insert(logChunk).values({ requestId, lines, ended });
    await this.#database.db.execute(sql`SELECT pg_notify(${channels.answer}, '')`);
  }
}
