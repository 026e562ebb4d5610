import { setTimeout as sleep } from "node:timers/promises";
import type { Sql } from "@/db/open";
import type { Entry, Leased } from "@/db/write/batch";
import { LeaseLostError, recordBatch } from "@/db/write/record-batch";
import { now } from "../clock";
import type { Logger } from "./logger";

interface Waiting extends Leased {
  /** When it was handed over, by `performance.now()`. */
  readonly since: number;
}

/** In rows, about. */
const largestBatch = 1_000;
/** With the database away: about an hour of a busy fleet. Beyond it, details go first. */
const mostWaiting = 500_000;
/** What stands beside a state is mostly told a moment before the move that it belongs to. */
const detailWaitsMs = 20;

/** Who wants to know of what passes through. */
export interface RecorderListener {
  /** Told of each entry that is handed over, before it is written: what that leads to goes with it. */
  readonly onEntry?: (host: string, entry: Entry) => void;
  /** Told of each change that is news, and how long after it was handed over. */
  readonly onCommitted?: (afterMs: number) => void;
}

/**
 * Writes what the engine saw, in the order in which it was seen. While one transaction is under
 * way the next entries gather, and go together: alone an entry is written at once, in a storm a
 * thousand share a commit. What stands beside a state waits a little where it is alone: a move is not to
 * stand behind its commit.
 * Without a database the entries wait; nothing is dropped but details
 * that a newer one replaces.
 */
export class Recorder {
  #waiting: Waiting[] = [];
  #running: Promise<void> | null = null;
  /** Set while nothing but details waits. */
  #soon: NodeJS.Timeout | null = null;
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #onFatal: (error: Error) => void;
  readonly #listener: RecorderListener;
  #dropAt = mostWaiting;
  #dead = false;

  constructor(sql: Sql, log: Logger, onFatal: (error: Error) => void, listener: RecorderListener = {}) {
    this.#listener = listener;
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
    this.#waiting.push({ host, epoch, entry, since: performance.now() });
    this.#listener.onEntry?.(host, entry);
    if (this.#waiting.length > this.#dropAt) {
      this.#waiting = dropReplaceable(this.#waiting);
      // What is left is history and stays: looked through again only once it has grown by a quarter.
      this.#dropAt = Math.max(mostWaiting, this.#waiting.length * 1.25);
    }
    if (!standsBeside(entry)) this.#begin();
    else if (this.#running === null) this.#beginSoon();
  }

  /** Resolves when everything handed over so far is committed, or after `withinMs`. */
  async settled(withinMs: number): Promise<boolean> {
    const until = performance.now() + withinMs;
    if (this.#soon !== null) this.#begin();
    while (this.#running !== null && performance.now() < until) {
      await Promise.race([this.#running, sleep(50)]);
      if (this.#soon !== null) this.#begin();
    }
    return this.#running === null;
  }

  #begin(): void {
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
    // Begun after the present turn: a move and what it means for a command are committed together.
    this.#running ??= Promise.resolve().then(() => this.#drain());
  }

  #beginSoon(): void {
    this.#soon ??= setTimeout(() => this.#begin(), detailWaitsMs);
  }

  async #drain(): Promise<void> {
    do await this.#write(this.#waiting.splice(0, countFor(largestBatch, this.#waiting)));
    while (!this.#dead && this.#waiting.some(({ entry }) => !standsBeside(entry)));
    this.#running = null;
    if (!this.#dead && this.#waiting.length > 0) this.#beginSoon();
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await recordBatch(this.#sql, batch, now().at);
        if (attempt > 0) this.#log.info("the database answers again", { written: batch.length });
        this.#tellCommitted(batch);
        return;
      } catch (error) {
        if (error instanceof LeaseLostError || isContradiction(error)) {
          this.#dead = true;
          this.#onFatal(error as Error);
          return;
        }
        if (isRefused(error)) {
          await this.#writeApart(batch, error);
          return;
        }
        if (attempt === 0) this.#log.warn("the database does not take what was seen; it is kept", { error });
        await sleep(Math.min(100 * 2 ** attempt, 2_000));
      }
    }
  }

  #tellCommitted(batch: readonly Waiting[]): void {
    const at = performance.now();
    for (const { entry, since } of batch)
      if (entry.tag === "moves" && !entry.over) this.#listener.onCommitted?.(at - since);
  }

  /** One entry that cannot be stored keeps no other from it: found by halves, told, and left out. */
  async #writeApart(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length <= 1) {
      const [refused] = batch;
      this.#log.warn("what was seen cannot be stored and is left out", {
        host: refused?.host,
        what: refused?.entry.tag,
        error,
      });
      return;
    }
    const half = Math.ceil(batch.length / 2);
    await this.#write(batch.slice(0, half));
    await this.#write(batch.slice(half));
  }
}

/** The database will never take these values, however often it is asked (SQLSTATE classes 22 and 23). */
function isRefused(error: unknown): boolean {
  return /^(22|23502|23514)/.test((error as { code?: string }).code ?? "");
}

/** How many of the first entries make up so many rows; at least one. */
function countFor(rows: number, entries: readonly Leased[]): number {
  let [count, sum] = [0, 0];
  for (; count < entries.length && sum < rows; count++) {
    const entry = entries[count]?.entry;
    sum += entry?.tag === "moves" ? entry.moves.length : 1;
  }
  return count;
}

/** Somebody else wrote this service's history: what we hold in memory is not the truth. */
function isContradiction(error: unknown): boolean {
  return (error as { code?: string }).code === "23505";
}

function dropReplaceable(entries: Waiting[]): Waiting[] {
  const newest = new Map<string, Waiting>();
  for (const leased of entries)
    if (standsBeside(leased.entry) || leased.entry.tag === "observed") newest.set(keyOf(leased), leased);
  return entries.filter((leased) => {
    const key = keyOf(leased);
    return newest.get(key) === undefined || newest.get(key) === leased;
  });
}

/** What is shown beside a state, by its platform and by itself: only the newest of it counts. */
function standsBeside(entry: Entry): entry is Extract<Entry, { tag: "detail" | "application" }> {
  return entry.tag === "detail" || entry.tag === "application";
}

function keyOf({ host, entry }: Leased): string {
  return standsBeside(entry) ? `${entry.tag} ${entry.serviceId}` : `${entry.tag} ${host}`;
}
