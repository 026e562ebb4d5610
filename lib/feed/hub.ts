import { setMaxListeners } from "node:events";
import { channels } from "@/db/channels";
import { type Database, type DatabaseTarget, type Handle, openDatabase } from "@/db/open";
import { readConfigErrors, readFeedAfter, readFeedEnds } from "@/db/read/feed";
import { readHosts } from "@/db/read/hosts";
import { readFleet } from "@/db/read/services";
import { logWeb } from "../api/request-log";
import { now } from "../clock";
import { silenceMs } from "../wire/contact-view";
import type { HostContact } from "../wire/live";
import { materialise } from "./materialise";
import { Outage } from "./outage";
import { Picture } from "./picture";
import { type FeedEvent, Ring, type RingLimits } from "./ring";
import { pingAt } from "./sse";
import { tellAt } from "./tell";
import { Waiters } from "./waiters";

const batchRows = 500;
const tickMs = 1_000;
const answerWithinMs = 10_000;
const longestPauseMs = 2_000;
const beatMs = 5_000;
const defaultLimits: RingLimits = { events: 50_000, bytes: 32_000_000 };

/** One who takes events out of the ring as they come. */
export interface Follower {
  /** There are new events, old ones were dropped, or the ring is another one. */
  readonly onNews: () => void;
  /** Every five seconds: time for a sign of life, the same for all. */
  readonly onBeat: (ping: Uint8Array) => void;
}

/**
 * One per web process: follows the feed, keeps the fleet's picture and the newest events, and wakes
 * the streams that send them. Reads by itself after the database was away, without a hole.
 */
export class Hub {
  readonly picture = new Picture();
  readonly #target: DatabaseTarget;
  readonly #limits: RingLimits;
  readonly #firstReading = new Waiters();
  readonly #answers = new Waiters();
  readonly #feedWake = new Waiters();
  readonly #closing = new AbortController();
  readonly #outage = new Outage((since) => this.#tellOutage(since));
  readonly #followers = new Set<Follower>();
  #ring: Ring | null = null;
  #position = 0;
  #hasMore = false;
  #graceUntil = Number.NEGATIVE_INFINITY;
  #ended: Promise<void> | null = null;
  #beat: NodeJS.Timeout | undefined;

  constructor(target: DatabaseTarget, limits: RingLimits = defaultLimits) {
    this.#target = target;
    this.#limits = limits;
    setMaxListeners(0, this.#closing.signal);
  }

  /** The newest events; null until the fleet was read for the first time, another one when it was read anew. */
  get ring(): Ring | null {
    return this.#ring;
  }

  /** Up to which feed row the picture and the ring tell. */
  get position(): number {
    return this.#position;
  }

  /** Aborts when the process ends its streams. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Since when the database is out of reach; null while it answers. */
  get databaseLostSince(): string | null {
    return this.#outage.toldSince;
  }

  start(): void {
    this.#ended ??= this.#run();
    this.#beat ??= setInterval(() => {
      const ping = pingAt(now().at);
      for (const { onBeat } of [...this.#followers]) onBeat(ping);
    }, beatMs).unref();
  }

  /** Waits for the first reading of the fleet. @returns false when it did not come in time. */
  async ready(ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (this.#ring === null && !this.closing.aborted && performance.now() < until)
      await this.#firstReading.wait(until - performance.now(), this.closing);
    return this.#ring !== null;
  }

  /** Resolves with true when engines answered wishes (logs, what services use), with false after `ms` or an abort. */
  answerCame(ms: number, signal: AbortSignal): Promise<boolean> {
    return this.#answers.wait(ms, signal);
  }

  /** Tells `follower` of what happens to the ring from now on. @returns how to stop that. */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Ends every stream and lets go of the database. */
  async close(): Promise<void> {
    this.#closing.abort();
    this.#outage.end();
    clearInterval(this.#beat);
    this.#firstReading.wake();
    this.#feedWake.wake();
    await this.#ended;
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.closing.aborted; failures++) {
      const database = openDatabase(this.#target, {
        name: "feed",
        max: 1,
        longestStatementMs: answerWithinMs,
      });
      try {
        await answered(database, this.#listen(database));
        await answered(database, this.#catchUp(database.db));
        failures = 0;
        if (this.#outage.end()) this.#onFound();
        await this.#follow(database);
      } catch (error) {
        if (this.#outage.begin(now().at))
          logWeb("warn", "the live feed cannot read the database; tried again", error);
      } finally {
        void database.close();
      }
      await this.#feedWake.wait(Math.min(100 * 2 ** failures, longestPauseMs), this.closing);
    }
  }

  /** Engines were away from the database as well: they need a moment before they can be called silent. */
  #onFound(): void {
    logWeb("info", "the live feed reads the database again");
    this.#graceUntil = performance.now() + silenceMs;
  }

  async #listen({ sql }: Database): Promise<void> {
    const onFeed = () => {
      this.#hasMore = true;
      this.#feedWake.wake();
    };
    // The second function runs after every reconnection: what was missed meanwhile is read then.
    await sql.listen(channels.feed, onFeed, onFeed);
    await sql.listen(channels.answer, () => this.#answers.wake());
  }

  /** Goes on after the last row, or begins anew where rows between have been pruned or the feed was replaced. */
  async #catchUp(db: Handle): Promise<void> {
    const ends = await readFeedEnds(db);
    const whole = this.#ring !== null && ends.last >= this.#position && ends.first <= this.#position + 1;
    if (!whole) {
      const [records, hosts, errors] = [await readFleet(db), await readHosts(db), await readConfigErrors(db)];
      this.picture.replace(records, hosts, errors, now().at);
      this.#position = ends.last;
      this.#ring = new Ring(ends.last - 1, this.#limits);
      // Whoever stands at this very row may have seen it in another process, that saw other contacts.
      this.#tellContacts(this.picture.hosts, this.picture.serviceIdsOutOfContact());
      this.#firstReading.wake();
      this.#wakeFollowers();
    }
  }

  async #follow(database: Database): Promise<void> {
    let nextTick = performance.now() + tickMs;
    while (!this.closing.aborted) {
      this.#hasMore = false;
      await this.#readNew(database);
      if (performance.now() >= nextTick) {
        if (nextTick > this.#graceUntil) await this.#checkContacts(database);
        nextTick = performance.now() + tickMs;
      }
      if (!this.#hasMore) await this.#feedWake.wait(Math.max(0, nextTick - performance.now()), this.closing);
    }
  }

  async #readNew(database: Database): Promise<void> {
    for (;;) {
      const rows = await answered(database, readFeedAfter(database.db, this.#position, batchRows));
      const last = rows.at(-1);
      if (!last) return;
      const events = await answered(
        database,
        materialise(database.db, rows, this.picture, () => now().at),
      );
      this.#position = last.id;
      this.#push(events);
      if (rows.length < batchRows) return;
    }
  }

  /** An engine that fell silent writes nothing: only looking at the clock shows it. */
  async #checkContacts(database: Database): Promise<void> {
    const rows = await answered(database, readHosts(database.db));
    const { hosts, services } = this.picture.putHosts(rows, now().at);
    this.#tellContacts(hosts, services);
  }

  #tellContacts(hosts: readonly HostContact[], services: readonly number[]): void {
    const tell = (type: "host" | "service", json: string) => tellAt(this.#position, type, json);
    const views = services.flatMap((id) => this.picture.serviceJson(id) ?? []);
    this.#push([
      ...hosts.map((host) => tell("host", JSON.stringify(host))),
      ...views.map((json) => tell("service", json)),
    ]);
  }

  #tellOutage(lostSince: string | null): void {
    this.#push([tellAt(this.#position, "database", JSON.stringify({ lostSince }))]);
  }

  #push(events: readonly FeedEvent[]): void {
    const ring = this.#ring;
    if (ring === null || events.length === 0) return;
    for (const event of events) ring.push(event);
    this.#wakeFollowers();
  }

  #wakeFollowers(): void {
    for (const { onNews } of [...this.#followers]) onNews();
  }
}

/** Waits for the database's answer; where none comes, the connections end, and with them the work. */
async function answered<T>(database: Database, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => void database.sql.end({ timeout: 0 }), answerWithinMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
