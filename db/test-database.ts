import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedServer, openEmbedded } from "./embedded/server";
import { makeForeignServer } from "./foreign-server";
import { migrate } from "./migrate";
import { type Database, type DatabaseTarget, openDatabase } from "./open";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A real, migrated database for one test file. Nothing of it is left after `close()`. */
export interface TestDatabase {
  readonly target: DatabaseTarget;
  readonly database: Database;
  /** Ends the server, as a crash of the database's machine would. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The embedded server, or with SIGNALBOX_TEST_POSTGRES (a folder with a server's programs) a server
 * of another make, reached by a URL as DATABASE_URL's is.
 */
export async function openTestDatabase(): Promise<TestDatabase> {
  const binaries = process.env.SIGNALBOX_TEST_POSTGRES;
  return binaries ? openForeign(binaries) : openOwn();
}

async function openForeign(binaries: string): Promise<TestDatabase> {
  const server = await makeForeignServer(binaries);
  const target: DatabaseTarget = { tag: "url", url: server.url };
  await migrate(target, root);
  const database = openDatabase(target, { name: "test", max: 8 });
  return {
    target,
    database,
    stopServer: () => server.stop(),
    startServer: () => server.start(),
    close: async () => {
      await database.close();
      await server.remove();
    },
  };
}

async function openOwn(): Promise<TestDatabase> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "signalbox-test-"));
  const leaveNothing = () => removeAll(folder);
  process.once("exit", leaveNothing);
  let server: EmbeddedServer = await openEmbedded(root, folder);
  const target: DatabaseTarget = { tag: "socket", folder: server.folder };
  await migrate(target, root);
  const database = openDatabase(target, { name: "test", max: 8 });
  return {
    target,
    database,
    stopServer: () => server.stop(10_000),
    startServer: async () => {
      server = await openEmbedded(root, folder);
    },
    close: async () => {
      await database.close();
      await server.stop(10_000);
      removeAll(folder);
      process.off("exit", leaveNothing);
    },
  };
}

/** The server lives in a session of its own: a test run that is cut short would leave it behind. */
function removeAll(folder: string): void {
  const pidFile = path.join(folder, "postgres", "postmaster.pid");
  if (existsSync(pidFile)) {
    const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
    if (pid > 1) process.kill(pid, "SIGQUIT");
  }
  rmSync(folder, { recursive: true, force: true });
}
