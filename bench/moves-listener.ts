import postgres from "postgres";
import { monotonicMs } from "./monotonic";

const channel = "bench_moves";

/** A committed row of history, and when its notification was heard. */
export interface HeardMove {
  /** `host/name` */
  readonly service: string;
  readonly to: string;
  /** µs of the host's monotonic clock: systemd's own timestamp. */
  readonly stamp: number;
  readonly heardAt: number;
}

/**
 * Hears of every row of history in the moment in which it is committed. The product's own notification
 * carries no payload; this one comes in the same commit and says which row it is.
 */
export class MovesListener {
  readonly sql: postgres.Sql;
  readonly #waiters = new Set<(move: HeardMove) => void>();

  private constructor(sql: postgres.Sql) {
    this.sql = sql;
  }

  /** @param data the data folder of a running Signalbox with the embedded database. */
  static async open(data: string): Promise<MovesListener> {
    const sql = postgres({
      host: `${data}/run`,
      port: 5432,
      user: "signalbox",
      database: "signalbox",
      max: 2,
    });
    const listener = new MovesListener(sql);
    await sql.unsafe(`
      CREATE FUNCTION tell_bench() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        PERFORM pg_notify('${channel}', json_build_object('service',
          (SELECT host || '/' || name FROM service WHERE id = NEW.service_id),
          'to', NEW.to_state, 'stamp', NEW.monotonic)::text);
        RETURN NULL; END $$;
      CREATE TRIGGER tell_bench AFTER INSERT ON transition FOR EACH ROW EXECUTE FUNCTION tell_bench()`);
    await sql.listen(channel, (payload) => {
      const move = { ...JSON.parse(payload), heardAt: monotonicMs() };
      for (const waiter of [...listener.#waiters]) waiter(move);
    });
    return listener;
  }

  /** The next move of the service into that state. @throws Error when none comes within 20 s. */
  next(service: string, to: string): Promise<HeardMove> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(timer);
        this.#waiters.delete(take);
      };
      const timer = setTimeout(() => {
        leave();
        reject(new Error(`not within 20 s: ${service} is ${to}`));
      }, 20_000);
      const take = (move: HeardMove) => {
        if (move.service !== service || move.to !== to) return;
        leave();
        resolve(move);
      };
      this.#waiters.add(take);
    });
  }

  async close(): Promise<void> {
    await this.sql.end();
  }
}
