import os from "node:os";
import type { Database } from "@/db/open";
import { recordEngineHealth } from "@/db/write/record-engine-health";
import { now } from "../clock";
import { EngineFigures } from "./engine-figures";
import type { Logger } from "./logger";

const everyMs = 10_000;

/** What the health page and `/metrics` tell of this engine; without a database they say that instead. */
export class HealthReport {
  readonly figures: EngineFigures;
  readonly #database: Database;
  readonly #build: string;
  readonly #log: Logger;
  readonly #waiting: () => number;
  readonly #startedAt = now().at;
  #timer: NodeJS.Timeout | null = null;

  /** @param waiting how many entries are not yet handed to the database. */
  constructor(database: Database, build: string, log: Logger, waiting: () => number) {
    this.#database = database;
    this.#build = build;
    this.#log = log;
    this.#waiting = waiting;
    this.figures = new EngineFigures(waiting);
  }

  /** Tells at once, and every ten seconds from here on. */
  begin(): void {
    this.#timer = setInterval(() => void this.#tell(), everyMs);
    void this.#tell();
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.figures.close();
  }

  async #tell(): Promise<void> {
    try {
      await recordEngineHealth(this.#database, {
        id: `${os.hostname()} ${process.pid}`,
        build: this.#build,
        startedAt: this.#startedAt,
        at: now().at,
        memoryBytes: process.memoryUsage.rss(),
        waiting: this.#waiting(),
        figures: await this.figures.read(),
      });
    } catch (error) {
      this.#log.warn("the engine's own health is not written for now", { error });
    }
  }
}
