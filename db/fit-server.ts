import { connect, type DatabaseTarget } from "./open";

const oldestMajor = 15;
const rounds = 4;

/**
 * Refuses a server that Signalbox cannot live on: one that is too old, or one that is reached
 * through a pooler in transaction mode, where a session's locks and notifications are anybody's.
 * @throws Error in one line.
 */
export async function refuseUnfitServer(target: DatabaseTarget): Promise<void> {
  // Behind such a pooler a prepared statement is on another server connection than its use.
  const one = connect(target, { name: "first look", max: 1, prepare: false });
  const other = connect(target, { name: "second look", max: 1, prepare: false });
  try {
    const [row] = await one<{ version: string }[]>`SELECT current_setting('server_version_num') AS version`;
    refuseOldServer(row?.version ?? "0");
    const seen = { one: new Set<number>(), other: new Set<number>() };
    for (let round = 0; round < rounds; round += 1) {
      for (const pid of await backendOf(one)) seen.one.add(pid);
      for (const pid of await backendOf(other)) seen.other.add(pid);
    }
    refuseShared(seen.one, seen.other);
  } finally {
    await Promise.all([one.end({ timeout: 1 }), other.end({ timeout: 1 })]);
  }
}

/** @param version PostgreSQL's server_version_num, such as 150013. */
export function refuseOldServer(version: string): void {
  const major = Math.floor(Number(version) / 10_000);
  if (major < oldestMajor)
    throw new Error(`The PostgreSQL server is version ${major}; Signalbox needs ${oldestMajor} or newer.`);
}

/** Two connections that stay open have one server process each, and never the same. */
function refuseShared(one: ReadonlySet<number>, other: ReadonlySet<number>): void {
  if (one.size === 1 && other.size === 1 && ![...one].some((pid) => other.has(pid))) return;
  throw new Error(
    "DATABASE_URL leads through a pooler in transaction mode, which loses locks and notifications: give the server's own address, or a pooler in session mode.",
  );
}

async function backendOf(sql: ReturnType<typeof connect>): Promise<number[]> {
  const rows = await sql<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
  return rows.map(({ pid }) => pid);
}
