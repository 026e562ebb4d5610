import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { rotateBeforeStart } from "./log-rotation";
import type { ProcessSpec } from "./process-spec";

export type Spawned =
  | { readonly tag: "spawned"; readonly child: ChildProcess; readonly pid: number }
  | { readonly tag: "failed"; readonly error: string };

/**
 * Starts the program in a session of its own, so that a Ctrl-C of Signalbox is none of its; it
 * writes straight into its log file, which therefore goes on when Signalbox does not. Never
 * throws: why it could not be started is told in words.
 */
export function spawnChild(
  { command, cwd }: Pick<ProcessSpec, "command" | "cwd">,
  env: NodeJS.ProcessEnv,
  logPath: string,
): Promise<Spawned> | Spawned {
  const [program, ...args] = command;
  if (program === undefined || program === "") return { tag: "failed", error: "no command is given" };
  let log: number;
  try {
    rotateBeforeStart(logPath);
    log = openSync(logPath, "a", 0o600);
  } catch (error) {
    return { tag: "failed", error: `its log file cannot be written: ${(error as Error).message}` };
  }
  try {
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", log, log] });
    if (child.pid === undefined) return failure(child, program, cwd);
    // Told for signals that cannot be sent; we send them ourselves.
    child.on("error", () => undefined);
    return { tag: "spawned", child, pid: child.pid };
  } catch (error) {
    return { tag: "failed", error: explain(error as NodeJS.ErrnoException, program, cwd) };
  } finally {
    closeSync(log);
  }
}

async function failure(child: ChildProcess, program: string, cwd: string): Promise<Spawned> {
  const [error] = (await once(child, "error")) as [NodeJS.ErrnoException];
  return { tag: "failed", error: explain(error, program, cwd) };
}

function explain(error: NodeJS.ErrnoException, program: string, cwd: string): string {
  const folder = statSync(cwd, { throwIfNoEntry: false });
  if (folder === undefined) return `working directory not found: ${cwd}`;
  if (!folder.isDirectory()) return `working directory is not a directory: ${cwd}`;
  switch (error.code) {
    case "ENOENT":
      if (program.includes("/") && existsSync(resolve(cwd, program)))
        return `the interpreter that ${program} asks for was not found`;
      return `command not found: ${program}`;
    case "EACCES":
    case "EPERM":
      return `not allowed to execute: ${program}`;
    case "ENOEXEC":
      return `not a program of this machine: ${program}`;
    case "E2BIG":
      return "arguments and environment are too long";
    case "EAGAIN":
    case "ENOMEM":
      return "the machine has no room for another process";
    case "ERR_INVALID_ARG_VALUE":
      return "command, arguments and environment must not hold NUL characters";
    default:
      return `could not be started: ${error.message}`;
  }
}
