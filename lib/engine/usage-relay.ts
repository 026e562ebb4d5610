import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/open";
import { answerUsage, readWantedUsage } from "@/db/write/usage-watch";
import { now } from "../clock";
import type { Usage as PlatformUsage } from "../platforms/contract";
import type { Watched } from "./commander";
import type { Logger } from "./logger";
import { nothingRuns, usageReading } from "./usage-reading";

const readEveryMs = 2_000;

/** What is not counted: the platform has no such counts, or they could not be read. */
const notCounted = { memoryBytes: null, cpuUs: null, tasks: null };

/**
 * Reads what a service uses every two seconds while somebody looks at it, once for all who look.
 * When the last one went away it ends with the next reading.
 */
export class UsageRelay {
  readonly #database: Database;
  readonly #watched: (serviceId: number) => Watched | undefined;
  readonly #log: Logger;
  readonly #reading = new Set<number>();
  readonly #closing = new AbortController();

  constructor(database: Database, watched: (serviceId: number) => Watched | undefined, log: Logger) {
    this.#database = database;
    this.#watched = watched;
    this.#log = log;
  }

  async wake(): Promise<void> {
    try {
      for (const serviceId of await readWantedUsage(this.#database.db))
        if (!this.#reading.has(serviceId)) void this.#readOn(serviceId);
    } catch (error) {
      this.#log.warn("whose usage is wanted cannot be read now", { error });
    }
  }

  close(): void {
    this.#closing.abort();
  }

  async #readOn(serviceId: number): Promise<void> {
    this.#reading.add(serviceId);
    try {
      let before: PlatformUsage | null = null;
      while (!this.#closing.signal.aborted) {
        // Looked up each time: the host may be another engine's by now, or the service gone.
        const watched = this.#watched(serviceId);
        if (!watched) return;
        const usage = await this.#read(watched);
        const reading = usage === null ? nothingRuns(now().at) : usageReading(before, usage);
        before = usage;
        if (!(await answerUsage(this.#database.db, serviceId, reading))) return;
        await sleep(readEveryMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    } catch (error) {
      this.#log.warn("what a service uses cannot be told now", { serviceId, error });
    } finally {
      this.#reading.delete(serviceId);
    }
  }

  async #read({ track, platform }: Watched): Promise<PlatformUsage | null> {
    const unknown = { at: now().at, ...notCounted };
    if (platform.usage === undefined) return unknown;
    try {
      return await platform.usage(track.name);
    } catch (error) {
      this.#log.warn("what a service uses cannot be read", { service: track.id, error });
      return unknown;
    }
  }
}
