import type { Duplex } from "node:stream";

const idleMs = 120_000;
const oldestMs = 600_000;

/**
 * How long a connection is kept for a next question: two minutes without one, ten minutes in all. Names
 * lead elsewhere, and certificates are renewed, without anybody closing a connection.
 */
export class IdleConnections {
  readonly #since = new WeakMap<Duplex, number>();
  readonly #timers = new WeakMap<Duplex, NodeJS.Timeout>();

  /** False: it has served long enough. */
  keep(connection: Duplex): boolean {
    const now = performance.now();
    const since = this.#since.get(connection) ?? now;
    this.#since.set(connection, since);
    if (now - since > oldestMs) return false;
    if (since === now) connection.once("close", () => clearTimeout(this.#timers.get(connection)));
    clearTimeout(this.#timers.get(connection));
    this.#timers.set(connection, setTimeout(() => connection.destroy(), idleMs).unref());
    return true;
  }

  /** It is in use, as long as its question takes. */
  take(connection: Duplex): void {
    clearTimeout(this.#timers.get(connection));
  }
}
