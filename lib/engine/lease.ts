import { locks } from "@/db/channels";
import { connect, type DatabaseTarget, type Sql } from "@/db/open";
import type { Logger } from "./logger";

const checkEveryMs = 1_000;

/**
 * The right to watch hosts: a session lock per host on one connection of its own, so that it dies
 * with the connection. Taking it raises the host's `epoch`, and every write carries the epoch it
 * was taken under: an engine that was paused and wakes up can do no harm.
 */
export class Leases {
  readonly #sql: Sql;
  readonly #log: Logger;
  readonly #onLost: (host: string) => void;
  readonly #held = new Map<string, number>();
  #session: number | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(target: DatabaseTarget, log: Logger, onLost: (host: string) => void) {
    this.#sql = connect(target, { name: "leases", max: 1, dedicated: true });
    this.#log = log;
    this.#onLost = onLost;
  }

  /** Waits until `host` is ours. @returns the epoch to write under. */
  async take(host: string, signal: AbortSignal): Promise<number> {
    for (let told = false; ; told = true) {
      const session = await this.#lock(host);
      if (session !== null) {
        this.#session = session;
        break;
      }
      if (!told) this.#log.info("another engine watches this host; waiting for it to end", { host });
      await new Promise((resolve) => setTimeout(resolve, checkEveryMs / 4));
      signal.throwIfAborted();
    }
    const [row] = await this.#sql<{ epoch: number }[]>`
      UPDATE host SET epoch = epoch + 1 WHERE id = ${host} RETURNING epoch`;
    if (!row) throw new Error(`host ${host} is not in the database`);
    this.#held.set(host, row.epoch);
    this.#timer ??= setInterval(() => void this.#check(), checkEveryMs);
    return row.epoch;
  }

  /** Lets others watch the host. */
  async release(host: string): Promise<void> {
    this.#held.delete(host);
    await this.#sql`SELECT pg_advisory_unlock(${locks.hostLease}, hashtext(${host}))`;
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#sql.end({ timeout: 1 });
  }

  /**
   * A connection that was replaced has lost its locks: they are taken again. The server may still
   * be clearing the old session away; the host is lost only when somebody raised its epoch.
   */
  async #check(): Promise<void> {
    try {
      const [row] = await this.#sql<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      if (row?.pid === this.#session) return;
      let complete = true;
      for (const [host, epoch] of this.#held) {
        const session = await this.#lock(host);
        const [found] = await this.#sql<{ epoch: number }[]>`SELECT epoch FROM host WHERE id = ${host}`;
        if (found?.epoch !== epoch) this.#onLost(host);
        complete &&= session === row?.pid;
      }
      // What is held twice by one session is held: nothing is lost by asking again.
      if (complete) this.#session = row?.pid ?? null;
    } catch (error) {
      this.#log.warn("the lease connection does not answer", { error });
    }
  }

  /** @returns the session that holds the lock now, or null when another one does. */
  async #lock(host: string): Promise<number | null> {
    const [row] = await this.#sql<{ taken: boolean; pid: number }[]>`
      SELECT pg_try_advisory_lock(${locks.hostLease}, hashtext(${host})) AS taken, pg_backend_pid() AS pid`;
    return row?.taken ? row.pid : null;
  }
}
