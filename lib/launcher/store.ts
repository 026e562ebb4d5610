import { type EmbeddedServer, openEmbedded } from "@/db/embedded/server";
import { migrate } from "@/db/migrate";
import type { DatabaseTarget } from "@/db/open";
import { DatabaseGuard, sayHeld } from "./database-guard";
import { isSignalbox, readHolder } from "./holder";

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
    const guard = await DatabaseGuard.take(target, dataFolder, address);
    await migrate(target, options.root);
    return { target, close: () => guard.close() };
  }
  let server = await openEmbedded(options.root, options.dataFolder);
  const target: DatabaseTarget = { tag: "socket", folder: server.folder };
  const guard = await DatabaseGuard.take(target, dataFolder, address);
  try {
    await migrate(target, options.root);
  } catch (error) {
    await guard.close();
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
    }
  };
  void keepRunning();
  return {
    target,
    close: async () => {
      closing = true;
      await guard.close();
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
