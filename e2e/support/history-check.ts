import path from "node:path";
import postgres from "postgres";

export interface Row {
  readonly service: string;
  readonly seq: number;
  readonly to: string;
  readonly at: number;
  readonly observedAt: number;
  readonly event: string | null;
  readonly source: string;
  readonly invocation: string | null;
  readonly pid: number | null;
  readonly exitCode: number | null;
  /** What names the move once and for all. */
  readonly key: string;
  /** The kind of its cause as it is believed now. */
  readonly cause: string;
  /** The journal entry that it was read from. */
  readonly cursor: string | null;
}

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

/** Reads history where it is kept, past all of our own code. Close it with `end()`. */
export class Records {
  readonly #sql: ReturnType<typeof postgres>;

  /** @param server the data folder of an embedded database, or the URL of a server. */
  constructor(server: string) {
    const common = { max: 1, onnotice: () => {}, connection: { application_name: "e2e check" } };
    this.#sql = server.startsWith("postgres")
      ? postgres(server, common)
      : postgres({ ...common, host: path.join(server, "run"), user: "signalbox", database: "signalbox" });
  }

  /** Every fault of every chain, in words; empty when history is whole and nothing is in it twice. */
  async faults(): Promise<string[]> {
    const rows = await this.#sql<{ fault: string }[]>`
      WITH chain AS (
        SELECT t.*, s.name, s.seq AS head, s.state,
          row_number() OVER w AS place, lag(to_state) OVER w AS before, lag(at) OVER w AS at_before,
          count(*) OVER (PARTITION BY service_id) AS length
        FROM transition t JOIN service s ON s.id = t.service_id
        WINDOW w AS (PARTITION BY service_id ORDER BY t.seq))
      SELECT name || ' seq ' || seq || ' stands in place ' || place AS fault FROM chain WHERE seq <> place
      UNION ALL SELECT name || ' seq ' || seq || ': from ' || coalesce(from_state, 'nothing') || ' after '
        || coalesce(before, 'nothing') FROM chain WHERE from_state IS DISTINCT FROM before
      UNION ALL SELECT name || ' seq ' || seq || ' is before the row before' FROM chain WHERE at < at_before
      UNION ALL SELECT name || ' seq ' || seq || ' lasted ' || in_from_us || ' us' FROM chain WHERE in_from_us < 0
      UNION ALL SELECT name || ' stands at seq ' || head || ', ' || state FROM chain
        WHERE place = length AND (seq <> head OR to_state IS DISTINCT FROM state)`;
    return rows.map(({ fault }) => fault);
  }

  /** Moves that are told twice: under one key, or as one start that entered a state more than once. */
  async doubled(): Promise<string[]> {
    const rows = await this.#sql<{ what: string }[]>`
      SELECT service_id || ' ' || source_key AS what FROM transition GROUP BY service_id, source_key
        HAVING count(*) > 1
      UNION ALL SELECT service_id || ' ' || (evidence->>'invocation') || ' > ' || to_state FROM transition
        GROUP BY service_id, evidence->>'invocation', to_state HAVING count(*) > 1`;
    return rows.map(({ what }) => what);
  }

  async rows(): Promise<Row[]> {
    return this.#sql<Row[]>`
      SELECT s.name AS service, t.seq, to_state AS to, at::float8 AS at, observed_at::float8 AS "observedAt", event, source,
        evidence->>'invocation' AS invocation, (evidence->>'pid')::int AS pid,
        CASE WHEN evidence->>'exitCode' ~ '^[0-9]+$' THEN (evidence->>'exitCode')::int END AS "exitCode",
        source_key AS key, evidence->>'cursor' AS cursor,
        (SELECT kind FROM attribution a WHERE a.transition_id = t.id ORDER BY revision DESC LIMIT 1) AS cause
      FROM transition t JOIN service s ON s.id = t.service_id ORDER BY t.service_id, t.seq`;
  }

  /** How long each state lasted that was left, in µs, as history keeps it. */
  async lasting(): Promise<number[]> {
    const rows = await this.#sql<{ us: number }[]>`
      SELECT in_from_us::float8 AS us FROM transition WHERE in_from_us IS NOT NULL`;
    return rows.map(({ us }) => us);
  }

  async gaps(): Promise<Span[]> {
    return this.#sql<
      Span[]
    >`SELECT from_at::float8 AS from, to_at::float8 AS to, reason FROM gap ORDER BY id`;
  }

  /** Every telling of every transition, as the live feed names them: `id.revision`. */
  async tellings(): Promise<Set<string>> {
    const rows = await this.#sql<{ key: string }[]>`
      SELECT t.id || '.' || coalesce(a.revision, 1) AS key
      FROM transition t LEFT JOIN attribution a ON a.transition_id = t.id`;
    return new Set(rows.map(({ key }) => key));
  }

  async openCommands(): Promise<number> {
    const [row] = await this.#sql<{ open: number }[]>`
      SELECT count(*)::int AS open FROM command WHERE settled_at IS NULL`;
    return row?.open ?? 0;
  }

  /** Drops what the feed would go on from, as time does. */
  async forgetFeed(): Promise<void> {
    await this.#sql`DELETE FROM feed WHERE id < (SELECT max(id) FROM feed)`;
  }

  /** Cuts every connection of Signalbox. @returns how many there were. */
  async cutConnections(): Promise<number> {
    const [row] = await this.#sql<{ cut: number }[]>`
      SELECT count(pg_terminate_backend(pid))::int AS cut FROM pg_stat_activity
      WHERE application_name LIKE 'signalbox %'`;
    return row?.cut ?? 0;
  }

  async end(): Promise<void> {
    await this.#sql.end({ timeout: 1 });
  }
}
