import { randomUUID } from "node:crypto";
import type { Database } from "@/db/open";
import {
  closeLogRequest,
  openLogRequest,
  renewLogRequest,
  type TakenChunk,
  takeLogChunks,
} from "@/db/write/log-requests";
import { now } from "../../clock";
import type { Hub } from "../../feed/hub";
import type { LogLine } from "../../wire/service";
import { logWeb } from "../request-log";

const lifeUs = 15_000_000;
const renewEveryMs = 5_000;
/** Should a notification be lost, the chunk is found this much later. */
const lookEveryMs = 1_000;

export interface LogQuery {
  readonly serviceId: number;
  readonly lines: number;
  readonly grep: string | null;
  readonly follow: boolean;
  /** Lines of a lower priority (a higher number) are left out; null keeps all. */
  readonly priority: number | null;
}

/**
 * A wish for a service's log: the engine answers it in chunks, through the database. It lives while
 * somebody asks for the next chunk, and `close` ends it at once.
 */
export class LogWish {
  readonly #id = randomUUID();
  readonly #database: Database;
  readonly #hub: Hub;
  readonly #query: LogQuery;
  #renewAt = 0;

  constructor(database: Database, hub: Hub, query: LogQuery) {
    this.#database = database;
    this.#hub = hub;
    this.#query = query;
  }

  async open(): Promise<void> {
    this.#renewAt = performance.now() + renewEveryMs;
    const { serviceId, lines, grep, follow } = this.#query;
    const wanted = { id: this.#id, serviceId, lines, grep, follow, expiresAt: now().at + lifeUs };
    await openLogRequest(this.#database, wanted);
  }

  /** The chunks that have come, or none when none came within a second. */
  async next(signal: AbortSignal): Promise<TakenChunk[]> {
    if (performance.now() > this.#renewAt) {
      this.#renewAt = performance.now() + renewEveryMs;
      await renewLogRequest(this.#database.db, this.#id, now().at + lifeUs);
    }
    // Listens before it looks: what comes in between is not slept through.
    const done = new AbortController();
    const onAbort = () => done.abort();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      const came = this.#hub.logChunkCame(lookEveryMs, done.signal);
      const found = await this.#take();
      if (found.length > 0) return found;
      await came;
      return await this.#take();
    } finally {
      done.abort();
      signal.removeEventListener("abort", onAbort);
    }
  }

  async close(): Promise<void> {
    try {
      await closeLogRequest(this.#database, this.#id);
    } catch (error) {
      logWeb("info", "a log request was left to expire", error);
    }
  }

  async #take(): Promise<TakenChunk[]> {
    const chunks = await takeLogChunks(this.#database.db, this.#id);
    return chunks.map(({ lines, ended }) => ({ lines: lines.filter((line) => this.#fits(line)), ended }));
  }

  #fits({ priority }: LogLine): boolean {
    const most = this.#query.priority;
    return most === null || priority === null || priority <= most;
  }
}
