import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "@/db/open";
import type { Entry, Leased } from "@/db/write/batch";
import { LeaseLostError, recordBatch } from "@/db/write/record-batch";
import { now } from "../clock";
import type { Logger } from "./logger";

const largestBatch = 1_000;
/** With the database away: about an hour of a busy fleet. Beyond it, details go first. */
const mostWaiting = 500_000;

/**
 * Writes what the engine saw, in the order in which it was seen. While one transaction is under
 * way the next entries gather, and go together: alone an entry is written at once, in a storm a
 * thousand share a commit. Without a database the entries wait; nothing is dropped but details
 * that a newer one replaces.
 */
export class Recorder {
  #waiting: Leased[] = [];
  #running: Promise<void> | null = null;
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #onFatal: (error: Error) => void;
  #dropAt = mostWaiting;
  #dead = false;

  constructor(sql: Sql, log: Logger, onFatal: (error: Error) => void) {
    this.#sql = sql;
    this.#log = log;
    this.#onFatal = onFatal;
  }

  /** How many entries are not yet handed to the database. */
  get waiting(): number {
    return this.#waiting.length;
  }

  push(host: string, epoch: number, entry: Entry): void {
    if (this.#dead) return;
    this.#waiting.push({ host, epoch, entry });
    if (this.#waiting.length > this.#dropAt) {
      this.#waiting = dropReplaceable(this.#waiting);
      // What is left is history and stays: looked through again only once it has grown by a quarter.
      this.#dropAt = Math.max(mostWaiting, this.#waiting.length * 1.25);
    }
    // Begun after the present turn: a move and what it means for a command are committed together.
    this.#running ??= Promise.resolve().then(() => this.#drain());
  }

  /** Resolves when everything handed over so far is committed, or after `withinMs`. */
  async settled(withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs;
    while (this.#running !== null && performance.now() < until)
      await Promise.race([this.#running, sleep(50)]);
    return this.#running === null;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 && !this.#dead) {
      await this.#write(this.#waiting.splice(0, largestBatch));
    }
    this.#running = null;
  }

  async #write(batch: readonly Leased[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await recordBatch(this.#sql, batch, now().at);
        if (attempt > 0) this.#log.info("the database answers again", { written: batch.length });
        return;
      } catch (error) {
        if (error instanceof LeaseLostError || isContradiction(error)) {
          this.#dead = true;
          this.#onFatal(error as Error);
          return;
        }
        if (attempt === 0) this.#log.warn("the database does not take what was seen; it is kept", { error });
        await sleep(Math.min(100 * 2 ** attempt, 2_000));
      }
    }
  }
}

/** Somebody else wrote this service's history: what we hold in memory is not the truth. */
function isContradiction(error: unknown): boolean {
  return (error as { code?: string }).code === "23505";
}

function dropReplaceable(entries: Leased[]): Leased[] {
  const newest = new Map<string, Leased>();
  for (const leased of entries)
    if (leased.entry.tag === "detail" || leased.entry.tag === "observed") newest.set(keyOf(leased), leased);
  return entries.filter((leased) => {
    const key = keyOf(leased);
    return newest.get(key) === undefined || newest.get(key) === leased;
  });
}

function keyOf({ host, entry }: Leased): string {
  return entry.tag === "detail" ? `detail ${entry.serviceId}` : `${entry.tag} ${host}`;
}
