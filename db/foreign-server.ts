import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { freePorts } from "../demo/stand-ins/free-ports.mjs";
import { chooseRunAs, runAs } from "./embedded/run-as";
import { connect, embeddedName } from "./open";

/** A PostgreSQL that is not Signalbox's own: what DATABASE_URL points to, for tests. */
export interface ForeignServer {
  readonly port: number;
  readonly url: string;
  /** Fast shutdown, as its administrator would. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

/** Where Debian and its kin put a server's programs. */
export const debianBinaries = "/usr/lib/postgresql/15/bin";

/** @returns why there is none to test with, or null when there is. */
export function whyNoForeignServer(folder: string = debianBinaries): string | null {
  return existsSync(path.join(folder, "initdb")) ? null : `there is no PostgreSQL in ${folder}`;
}

/** Makes a new server with the programs of `binaries` and starts it on a free port of this machine. */
export async function makeForeignServer(binaries: string = debianBinaries): Promise<ForeignServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await makeOnce(binaries);
    } catch (error) {
      // A port that was free just now may be another program's by the time the server listens.
      if (attempt === 3 || !/Address already in use/.test((error as Error).message)) throw error;
    }
  }
}

async function makeOnce(binaries: string): Promise<ForeignServer> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-pg-"));
  const data = path.join(folder, "data");
  const [port = 0] = await freePorts(1);
  const url = `postgres://${embeddedName}@127.0.0.1:${port}/${embeddedName}`;
  const how = await chooseRunAs();
  const asUs = (argv: [string, ...string[]]) => runAs(how, argv);
  const init = asUs([
    `${binaries}/initdb`,
    "-D",
    data,
    "-U",
    embeddedName,
    "--auth=trust",
    "--encoding=UTF8",
  ]);
  await promisify(execFile)(init.argv[0], init.argv.slice(1), init.options);
  let child: ChildProcess | null = null;
  const leaveNothing = () => {
    child?.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", leaveNothing);

  const start = async () => {
    const settings = [`port=${port}`, "listen_addresses=127.0.0.1", `unix_socket_directories=${folder}`];
    const { argv, options } = asUs([
      `${binaries}/postgres`,
      "-D",
      data,
      ...settings.flatMap((setting) => ["-c", setting]),
    ]);
    const log = openSync(path.join(folder, "log"), "a");
    child = spawn(argv[0], argv.slice(1), { ...options, detached: true, stdio: ["ignore", log, log] });
    closeSync(log);
    const started = child;
    await untilItAnswers(url, path.join(folder, "log"), () => started.exitCode !== null);
  };
  const stop = async () => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const gone = new Promise((resolve) => ending.once("exit", resolve));
    ending.kill("SIGINT");
    await gone;
  };
  const remove = async () => {
    await stop();
    process.off("exit", leaveNothing);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await start();
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    port,
    url,
    start,
    stop,
    remove,
  };
}

async function untilItAnswers(url: string, log: string, hasEnded: () => boolean): Promise<void> {
  const maintenance = url.replace(/[^/]*$/, "postgres");
  for (const until = performance.now() + 20_000; ; await sleep(50)) {
    const sql = connect({ tag: "url", url: maintenance }, { name: "test", max: 1 });
    try {
      const found = await sql`SELECT 1 FROM pg_database WHERE datname = ${embeddedName}`;
      if (found.length === 0) await sql.unsafe(`CREATE DATABASE ${embeddedName}`);
      return;
    } catch (error) {
      if (hasEnded() || performance.now() > until)
        throw new Error(`the server does not answer: ${readFileSync(log, "utf8")}`, { cause: error });
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}
