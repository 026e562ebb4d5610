import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import * as schema from "./schema";

/** Where the database is: the folder of a unix socket (embedded), or a server by URL. */
export type DatabaseTarget =
  | { readonly tag: "socket"; readonly folder: string }
  | { readonly tag: "url"; readonly url: string };

export const embeddedName = "signalbox";

/** The environment variable by which the launcher tells its processes where the database is. */
export const targetVariable = "SIGNALBOX_DATABASE";

/** @returns the text form of a target, as `targetVariable` carries it. */
export function formatTarget(target: DatabaseTarget): string {
  return target.tag === "socket" ? `socket:${target.folder}` : target.url;
}

/** Reads what `formatTarget` wrote. @throws Error when the launcher gave none. */
export function parseTarget(text: string | undefined): DatabaseTarget {
  if (!text) throw new Error(`${targetVariable} is not set: this program is started by npm start`);
  return text.startsWith("socket:")
    ? { tag: "socket", folder: text.slice("socket:".length) }
    : { tag: "url", url: text };
}

const sharedOptions = {
  onnotice: () => {},
  connect_timeout: 10,
  // A database that comes back is to be noticed within a second.
  backoff: (attempt: number) => Math.min(0.1 * 2 ** attempt, 1),
  types: {
    // Instants are microseconds and ids are counts: both are safe integers.
    bigint: {
      to: 20,
      from: [20],
      parse: (text: string) => Number(text),
      serialize: (n: number) => String(n),
    },
  },
};

export interface ConnectOptions {
  readonly name: string;
  /** How many connections there are at most. */
  readonly max: number;
  /** Connections that live as long as the process. */
  readonly dedicated?: boolean;
  /** The server cancels a statement that takes longer: whoever gave up waiting does not load it on. */
  readonly longestStatementMs?: number;
  /** False: no statement is kept on the server, for what may not be a server of our own. */
  readonly prepare?: boolean;
}

/** A raw postgres.js client. */
export function connect(target: DatabaseTarget, options: ConnectOptions, database: string = embeddedName) {
  const settings = {
    ...sharedOptions,
    max: options.max,
    prepare: options.prepare ?? true,
    connection: {
      application_name: `signalbox ${options.name}`,
      ...(options.longestStatementMs ? { statement_timeout: options.longestStatementMs } : {}),
    },
    // A lock held on a connection that is retired by age would be lost without a word.
    ...(options.dedicated ? { max_lifetime: null, idle_timeout: 0 } : {}),
  };
  return target.tag === "socket"
    ? postgres({ ...settings, host: target.folder, port: 5432, user: embeddedName, database })
    : postgres(target.url, settings);
}
export type Sql = ReturnType<typeof connect>;
/** The same within `sql.begin`. */
export type TransactionSql = Parameters<Parameters<Sql["begin"]>[1]>[0];

/** Opens a pool and Drizzle over it. Close it with `close()`; nothing is sent before the first query. */
export function openDatabase(target: DatabaseTarget, options: ConnectOptions) {
  const sql = connect(target, options);
  const db = drizzle(sql, { schema });
  return { sql, db, target, close: () => sql.end({ timeout: 2 }) };
}
export type Database = ReturnType<typeof openDatabase>;
/** Drizzle's handle: the pool or a transaction. Verbs take it as their first argument. */
export type Handle = Database["db"] | Parameters<Parameters<Database["db"]["transaction"]>[0]>[0];
