import { randomUUID } from "node:crypto";
import type { Database } from "@/db/open";
import {
  closeLogRequest,
  openLogRequest,
  renewLogRequest,
  type TakenChunk,
  takeLogChunks,
  type WantedLog,
} from "@/db/write/log-requests";
import { now } from "../../clock";
import { logWeb } from "../request-log";
import type { Wish, WishEvent } from "./wish";

const lifeUs = 15_000_000;
const renewEveryMs = 5_000;

export type LogQuery = Omit<WantedLog, "id" | "expiresAt">;

/** A wish for a service's log, answered in chunks; `close` ends it at once. */
export class LogWish implements Wish {
  readonly #id = randomUUID();
  readonly #database: Database;
  readonly #query: LogQuery;
  #renewAt = 0;

  constructor(database: Database, query: LogQuery) {
    this.#database = database;
    this.#query = query;
  }

  async open(): Promise<void> {
    this.#renewAt = performance.now() + renewEveryMs;
    await openLogRequest(this.#database, { ...this.#query, id: this.#id, expiresAt: now().at + lifeUs });
  }

  /** The chunks that have come. */
  async take(): Promise<TakenChunk[]> {
    const { db } = this.#database;
    if (performance.now() > this.#renewAt) {
      this.#renewAt = performance.now() + renewEveryMs;
      await renewLogRequest(db, this.#id, now().at + lifeUs);
    }
    return takeLogChunks(db, this.#id);
  }

  async events(): Promise<WishEvent[]> {
    return (await this.take()).flatMap(({ lines, ended }) => [
      ...lines.map((data): WishEvent => ({ event: "line", data })),
      ...(ended === null ? [] : [{ event: "end", data: { reason: ended || null } } as const]),
    ]);
  }

  async close(): Promise<void> {
    try {
      await closeLogRequest(this.#database, this.#id);
    } catch (error) {
      logWeb("info", "a log request was left to expire", error);
    }
  }
}
