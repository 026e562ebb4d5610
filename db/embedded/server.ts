import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive } from "../../lib/is-alive";
import { connect } from "../open";
import { type Binaries, embeddedMajor, findBinaries } from "./binaries";
import { type EmbeddedFolders, prepareFolders } from "./folders";
import { chooseRunAs, type RunAs, refuseUnreachable, runAs } from "./run-as";

/**
 * An embedded PostgreSQL: real server processes in a session of their own (a Ctrl-C does not stop
 * the database under its writer), on a unix socket only. After a `kill -9` of Signalbox it lives
 * on, and the next start attaches to it.
 */
export interface EmbeddedServer {
  readonly folder: string;
  /** It ran already: somebody else started it, and it is theirs to stop. */
  readonly attached: boolean;
  /** Resolves when the server process ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Fast shutdown; resolves when it ended or `deadlineMs` passed. */
  stop(deadlineMs: number): Promise<void>;
}

/** Starts the server on `dataFolder`, or attaches to one that runs there. @throws Error in one line. */
export async function openEmbedded(root: string, dataFolder: string): Promise<EmbeddedServer> {
  const binaries = await findBinaries(root);
  const how = await chooseRunAs();
  await refuseUnreachable(how, binaries.postgres);
  const folders = await prepareFolders(dataFolder, how);
  await initialise(binaries, folders, how);
  await refuseOtherMajor(folders.data);
  const running = await runningPid(folders.data);
  if (running !== null && (await answers(folders.socket, 3_000))) return attach(folders, running);
  return start(binaries, folders, how);
}

async function initialise(binaries: Binaries, folders: EmbeddedFolders, how: RunAs): Promise<void> {
  if (existsSync(path.join(folders.data, "PG_VERSION"))) return;
  // Made beside its place and moved there when complete: one that was killed half-way is made anew.
  const unfinished = `${folders.data}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const { argv, options } = runAs(how, [
    binaries.initdb,
    `--pgdata=${unfinished}`,
    "--username=signalbox",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--no-instructions",
  ]);
  const log = openSync(folders.log, "a", 0o600);
  const child = spawn(argv[0], argv.slice(1), { ...options, stdio: ["ignore", log, log] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("exit", resolve);
  });
  closeSync(log);
  if (code !== 0)
    throw new Error(`The database could not be made (initdb ended with ${code}): see ${folders.log}`);
  await rename(unfinished, folders.data);
}

async function refuseOtherMajor(data: string): Promise<void> {
  const found = (await readFile(path.join(data, "PG_VERSION"), "utf8")).trim();
  if (found !== String(embeddedMajor))
    throw new Error(
      `${data} was made by PostgreSQL ${found}, and this Signalbox carries ${embeddedMajor}: start the Signalbox that made it, or move the folder away to begin anew.`,
    );
}

/** @returns the pid in `postmaster.pid` if that process lives and is this folder's server, else null. */
async function runningPid(data: string): Promise<number | null> {
  const file = path.join(data, "postmaster.pid");
  const text = await readFile(file, "utf8").catch(() => "");
  const pid = Number(text.split("\n")[0]);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return null;
  if (await isServerOf(pid, data)) return pid;
  // After a boot the number may be another program's: PostgreSQL itself would wait for that one.
  await rm(file, { force: true });
  return null;
}

/** Where the process table cannot be read, a process of that number is taken for the server. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
  return command === null || command.split("\0").includes(data);
}

/** Whether the server takes a connection within `withinMs`. */
async function answers(socket: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  for (;;) {
    if (existsSync(path.join(socket, ".s.PGSQL.5432")) && (await tryOnce(socket))) return true;
    if (performance.now() > until) return false;
    await sleep(20);
  }
}

async function tryOnce(socket: string): Promise<boolean> {
  const sql = connect({ tag: "socket", folder: socket }, { name: "opening", max: 1 }, "postgres");
  try {
    await sql`SELECT 1`;
    return true;
  } catch {
    return false; // starting up, or nobody listens yet: asked again until the deadline
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function createOurDatabase(socket: string): Promise<void> {
  const sql = connect({ tag: "socket", folder: socket }, { name: "opening", max: 1 }, "postgres");
  try {
    const found = await sql`SELECT 1 FROM pg_database WHERE datname = 'signalbox'`;
    if (found.length === 0) await sql`CREATE DATABASE signalbox`;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

async function start(binaries: Binaries, folders: EmbeddedFolders, how: RunAs): Promise<EmbeddedServer> {
  const size = await stat(folders.log).then(
    (found) => found.size,
    () => 0,
  );
  if (size > 5_000_000) await rename(folders.log, `${folders.log}.1`);
  const { argv, options } = runAs(how, [binaries.postgres, ...serverArguments(folders)]);
  // Old backends of a killed server hold its shared memory for a moment: tried again for a while.
  const until = performance.now() + 15_000;
  for (;;) {
    const log = openSync(folders.log, "a", 0o600);
    const child = spawn(argv[0], argv.slice(1), { ...options, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    const ended = endOf(child);
    const leaveNothing = () => child.kill("SIGQUIT");
    process.once("exit", leaveNothing);
    try {
      const ready = await Promise.race([answers(folders.socket, 60_000), ended.then(() => false)]);
      if (ready && child.exitCode === null) {
        await createOurDatabase(folders.socket);
        child.unref();
        return {
          folder: folders.socket,
          attached: false,
          ended,
          stop: (ms) => stopServer(child.pid, ended, ms),
        };
      }
      child.kill("SIGQUIT");
    } catch (error) {
      child.kill("SIGQUIT");
      throw error;
    } finally {
      process.off("exit", leaveNothing);
    }
    if (performance.now() > until) throw new Error(`The database does not start: see ${folders.log}`);
    await sleep(250);
  }
}

function serverArguments(folders: EmbeddedFolders): string[] {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: folders.socket,
    unix_socket_permissions: "0700",
    max_connections: "60",
    shared_buffers: "64MB",
    // A crash of the machine loses nothing: the durable defaults stay on.
    log_min_messages: "warning",
    max_wal_size: "512MB",
  };
  return [
    "-D",
    folders.data,
    ...Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
  ];
}

async function endOf(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => {
    child.once("exit", () => resolve()).once("error", () => resolve());
  });
}

function attach(folders: EmbeddedFolders, pid: number): EmbeddedServer {
  const ended = (async () => {
    while (isAlive(pid)) await sleep(500, undefined, { ref: false });
  })();
  return { folder: folders.socket, attached: true, ended, stop: (ms) => stopServer(pid, ended, ms) };
}

async function stopServer(pid: number | undefined, ended: Promise<void>, deadlineMs: number): Promise<void> {
  if (pid === undefined || !isAlive(pid)) return;
  process.kill(pid, "SIGINT"); // PostgreSQL's "fast" shutdown: sessions end, everything is on disk
  const given = new AbortController();
  const deadline = sleep(deadlineMs, undefined, { signal: given.signal }).catch(() => {});
  await Promise.race([ended, deadline]);
  given.abort();
}
