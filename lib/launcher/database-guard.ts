import { locks } from "@/db/channels";
import { refuseUnfitServer } from "@/db/fit-server";
import { connect, type DatabaseTarget, type Sql } from "@/db/open";
import { type Holder, readHolder, writeHolder } from "./holder";

const checkEveryMs = 1_000;

/**
 * One Signalbox per database: a session lock on a connection of its own, which dies with us. The
 * lock of a connection that was cut is taken again on the next one.
 */
export class DatabaseGuard {
  readonly #sql: Sql;
  readonly #timer: NodeJS.Timeout;
  #session: number;
  #checking = false;

  private constructor(sql: Sql, session: number) {
    this.#sql = sql;
    this.#session = session;
    this.#timer = setInterval(() => void this.#check(), checkEveryMs).unref();
  }

  /**
   * Writes into the data folder who holds it, for those who are refused.
   * @throws Error in one line when another Signalbox does, or the server is out of reach.
   */
  static async take(target: DatabaseTarget, dataFolder: string, address: string): Promise<DatabaseGuard> {
    const sql = connect(target, { name: "launcher", max: 1, dedicated: true });
    try {
      // Before anything is locked: behind a pooler the lock would stay with a connection of others.
      if (target.tag === "url") await refuseUnfitServer(target);
      const session = await lock(sql);
      if (session === null) throw new Error(sayHeld(await readHolder(dataFolder)));
      await writeHolder(dataFolder, { pid: process.pid, address });
      return new DatabaseGuard(sql, session);
    } catch (error) {
      await sql.end({ timeout: 1 });
      throw plainWords(error);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sql.end({ timeout: 1 });
  }

  async #check(): Promise<void> {
    if (this.#checking) return;
    this.#checking = true;
    try {
      const [row] = await this.#sql<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      if (row && row.pid !== this.#session) this.#session = (await lock(this.#sql)) ?? this.#session;
    } catch {
      // the database is away, and the engine says so: asked again in a second
    } finally {
      this.#checking = false;
    }
  }
}

/** @returns the session that holds the lock now, or null when another one does. */
async function lock(sql: Sql): Promise<number | null> {
  const [row] = await sql<{ taken: boolean; pid: number }[]>`
    SELECT pg_try_advisory_lock(${locks.signalbox}) AS taken, pg_backend_pid() AS pid`;
  return row?.taken ? row.pid : null;
}

export function sayHeld(holder: Holder | null): string {
  const where = holder ? ` (process ${holder.pid}, ${holder.address})` : "";
  return `Another Signalbox already runs on this data${where}: use that one, or give this one another SIGNALBOX_DATA.`;
}

function plainWords(error: unknown): Error {
  const code = (error as { code?: string }).code;
  if (code === "ECONNREFUSED" || code === "ENOTFOUND" || code === "CONNECT_TIMEOUT" || code === "ENOENT")
    return new Error(`The PostgreSQL server of DATABASE_URL does not answer (${code}).`, { cause: error });
  if (code?.startsWith("28"))
    return new Error("The PostgreSQL server refuses the user or password of DATABASE_URL.", { cause: error });
  return error as Error;
}
