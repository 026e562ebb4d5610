import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import type { Ending } from "./ending-words";
import { type CommandLine, commandLine, type HostAddress } from "./via";

const keptBytes = 4096;
const patienceMs = 2_000;

/** A command that runs on a host, with its standard input and output as streams. */
export interface HostCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** How it ended, with the last 4 kB of what it said on its standard error; never rejects. */
  readonly ended: Promise<Ending>;
  /** What it said on its standard error so far. */
  said(): string;
  /** Ends it and what it started, if need be by SIGKILL after two seconds. Resolves when it is gone. */
  end(): Promise<void>;
}

/**
 * Runs `argv` on the host. The command gets a session of its own (a Ctrl-C of Signalbox is none of
 * its, and without a terminal nothing can ask for a password), and it ends when Signalbox does, even
 * by SIGKILL. Never throws: a program that is not there is an ending like any other.
 */
export function spawnOn(address: HostAddress, argv: readonly string[]): HostCommand {
  return spawnLine(commandLine(address, argv));
}

/** The same for a command whose words are what is to be run on this machine. */
export function spawnLine(line: CommandLine): HostCommand {
  const { file, args } = dyingWithUs(line);
  const child = tryToSpawn(file, args);
  if (child instanceof Error) return notStarted(child);
  // A pipe that breaks is told by the command's ending.
  child.stdin.on("error", () => undefined);
  child.stdout.on("error", () => undefined);
  const said = keepLast(child.stderr);
  const ended = ending(child, said);
  return { stdin: child.stdin, stdout: child.stdout, ended, said, end: () => endGroup(child, ended) };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

function tryToSpawn(file: string, args: readonly string[]): Child | Error {
  try {
    const child = spawn(file, args, { detached: true, stdio: ["pipe", "pipe", "pipe"] });
    // Without a free file descriptor there are no pipes, whatever the type says.
    if ((child.stdin as Writable | undefined) !== undefined) return child;
    child.on("error", () => undefined);
    return new Error("this machine has no more open files to give");
  } catch (error) {
    // Words that are too long together, or hold a NUL.
    return error instanceof Error ? error : new Error(String(error));
  }
}

function notStarted(error: Error): HostCommand {
  const [stdin, stdout] = [new PassThrough(), new PassThrough()];
  stdout.end();
  const ended = Promise.resolve<Ending>({ tag: "not-started", error });
  return { stdin, stdout, ended, said: () => "", end: async () => undefined };
}

async function ending(child: Child, said: () => string): Promise<Ending> {
  const failed = new Promise<Error>((resolve) => child.on("error", resolve));
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  if (child.pid === undefined) return { tag: "not-started", error: await failed };
  const [code, signal] = await exited;
  // A shared ssh connection that stays in the background keeps the pipe open: its end is not waited for long.
  await Promise.race([once(child.stderr, "close"), pause(100)]);
  child.stderr.destroy();
  return { tag: "exited", code, signal, said: said() };
}

function keepLast(stream: Readable): () => string {
  let kept = Buffer.alloc(0);
  stream.on("error", () => undefined);
  stream.on("data", (chunk: Buffer) => {
    kept = Buffer.concat([kept, chunk]);
    if (kept.length > keptBytes) kept = kept.subarray(kept.length - keptBytes);
  });
  return () => kept.toString("utf8");
}

async function endGroup({ pid }: { pid?: number | undefined }, ended: Promise<Ending>): Promise<void> {
  if (pid === undefined) return;
  signalGroup(pid, "SIGTERM");
  const inTime = await Promise.race([ended.then(() => true), pause(patienceMs).then(() => false)]);
  if (!inTime) signalGroup(pid, "SIGKILL");
  await ended;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

let guard: readonly string[] | undefined;

/** With setpriv(1) of util-linux the kernel ends the child when we are gone; without it, its pipes do. */
function dyingWithUs({ file, args }: { file: string; args: readonly string[] }) {
  guard ??= findGuard();
  const [first = file, ...rest] = [...guard, file, ...args];
  return { file: first, args: rest };
}

function findGuard(): readonly string[] {
  if (process.platform !== "linux") return [];
  const words = ["setpriv", "--pdeathsig", "TERM", "--"];
  const [program = "", ...options] = words;
  const tried = spawnSync(program, [...options, "true"], { stdio: "ignore", timeout: 2_000 });
  return tried.status === 0 ? words : [];
}
