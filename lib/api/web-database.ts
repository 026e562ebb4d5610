import { type Database, openDatabase, parseTarget, targetVariable } from "@/db/open";
import { isDatabaseAway, withinMs } from "./database-away";

/** Next evaluates this module several times in one process; the pool is one for all. */
const key = Symbol.for("signalbox.web-database");
const shared = globalThis as { [key]?: Database | undefined };

const connections = 8;
/** As long as anybody waits for an answer. */
const longestStatementMs = 15_000;

/** The web process's pool. Opened when first asked for, never while building. */
function webDatabase(): Database {
  shared[key] ??= openDatabase(parseTarget(process.env[targetVariable]), {
    name: "web",
    max: connections,
    longestStatementMs,
  });
  return shared[key];
}

/**
 * Does `work` with the web process's pool. A pool whose connections failed would wait ever longer
 * before it tries again: it is given up, and the next one who asks tries at once.
 * @throws what `work` throws, and `DatabaseSilentError` when it takes longer than `ms`.
 */
export async function askDatabase<T>(ms: number, work: (database: Database) => Promise<T>): Promise<T> {
  const database = webDatabase();
  try {
    return await withinMs(ms, work(database));
  } catch (error) {
    if (isDatabaseAway(error)) giveUp(database);
    throw error;
  }
}

function giveUp(database: Database): void {
  if (shared[key] === database) shared[key] = undefined;
  void database.close();
}
