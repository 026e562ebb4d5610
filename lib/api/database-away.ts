/** Errors of sockets and of postgres.js which mean that the database was not reached. */
const awayCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
  // PostgreSQL's own: took too long, shutting down, crashed, starting up, too many connections, disk full.
  "57014",
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "53100",
]);

/** The database did not answer in time. */
export class DatabaseSilentError extends Error {
  readonly code = "ETIMEDOUT";
}

/** Whether this failed because the database is out of reach, and would work again once it is back. */
export function isDatabaseAway(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === "string" && (awayCodes.has(code) || code.startsWith("08"))) return true;
  return cause !== undefined && isDatabaseAway(cause);
}

/** The same promise, rejected with `DatabaseSilentError` when it takes longer. */
export async function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new DatabaseSilentError(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
