import { locks } from "@/db/channels";
import { type EmbeddedServer, openEmbedded } from "@/db/embedded/server";
import { migrate } from "@/db/migrate";
import { connect, type DatabaseTarget, type Sql } from "@/db/open";
import { type Holder, isSignalbox, readHolder, writeHolder } from "./holder";

/** The database of this Signalbox, locked for it, with an up-to-date schema. */
export interface Store {
  readonly target: DatabaseTarget;
  close(): Promise<void>;
}

/**
 * Opens (or attaches to) the embedded database, or takes the given server; refuses when another
 * Signalbox lives on it. An embedded server that ends by itself is started again.
 */
export async function openStore(options: {
  readonly root: string;
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly address: string;
}): Promise<Store> {
  const { dataFolder, address } = options;
  // Its database may be another one; the processes and logs in the folder are the same.
  const holder = await readHolder(dataFolder);
  if (holder && (await isSignalbox(holder.pid))) throw new Error(sayHeld(holder));
  if (options.databaseUrl !== null) {
    const target: DatabaseTarget = { tag: "url", url: options.databaseUrl };
    const guard = await lockDatabase(target, dataFolder, address);
    await migrate(target, options.root);
    return { target, close: () => guard.end({ timeout: 1 }) };
  }
  let server = await openEmbedded(options.root, options.dataFolder);
  const target: DatabaseTarget = { tag: "socket", folder: server.folder };
  const guard = await lockDatabase(target, dataFolder, address);
  try {
    await migrate(target, options.root);
  } catch (error) {
    await guard.end({ timeout: 1 });
    await server.stop(3_000);
    throw error;
  }
  let closing = false;
  const keepRunning = async () => {
    while (!closing) {
      await server.ended;
      if (closing) return;
      process.stderr.write("The database server ended; starting it again.\n");
      server = await reopen(options.root, options.dataFolder);
      await guard.unsafe(`SELECT pg_try_advisory_lock(${locks.signalbox})`).catch(() => {
        // asked again by whoever starts next: a lock that is not held is only a missing refusal
      });
    }
  };
  void keepRunning();
  return {
    target,
    close: async () => {
      closing = true;
      await guard.end({ timeout: 1 });
      await server.stop(3_000);
    },
  };
}

async function reopen(root: string, dataFolder: string): Promise<EmbeddedServer> {
  for (;;) {
    try {
      return await openEmbedded(root, dataFolder);
    } catch (error) {
      process.stderr.write(`${(error as Error).message}\n`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

/** One Signalbox per database: a session lock on a connection of its own, which dies with us. */
async function lockDatabase(target: DatabaseTarget, dataFolder: string, address: string): Promise<Sql> {
  const guard = connect(target, { name: "launcher", max: 1, dedicated: true });
  try {
    const [row] = await guard<{ taken: boolean }[]>`SELECT pg_try_advisory_lock(${locks.signalbox}) AS taken`;
    if (!row?.taken) throw new Error(sayHeld(await readHolder(dataFolder)));
    await writeHolder(dataFolder, { pid: process.pid, address });
    return guard;
  } catch (error) {
    await guard.end({ timeout: 1 });
    throw plainWords(error);
  }
}

function sayHeld(holder: Holder | null): string {
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
