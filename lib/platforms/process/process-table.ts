import { execFile, execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setImmediate as othersTurn } from "node:timers/promises";
import { promisify } from "node:util";

/** One living process of this machine. Zombies are left out: they hold nothing any more. */
export interface ProcessEntry {
  readonly pid: number;
  readonly groupId: number;
  readonly sessionId: number;
  /** With the pid and the boot it names a process: a pid alone is given out again. */
  readonly startTime: string;
  /** The program's short name; arguments may hold secrets. */
  readonly command: string;
}

export const onLinux = process.platform === "linux";
const longestTurnMs = 4;
const psColumns = "pid=,pgid=,stat=,lstart=,comm=";

/** The process that has this pid now, or `null` if none lives. */
export function readProcess(pid: number): ProcessEntry | null {
  try {
    if (onLinux) return parseStat(readFileSync(`/proc/${pid}/stat`, "utf8"));
    const text = execFileSync("ps", ["-o", psColumns, "-p", String(pid)], { encoding: "utf8", env: cLocale });
    return parsePsLine(text);
  } catch {
    // The file is gone, or ps found none: there is no such process.
    return null;
  }
}

/** All living processes; on a machine with many of them, other work goes on in between. */
export async function listProcesses(): Promise<ProcessEntry[]> {
  if (!onLinux) return listFromPs();
  const entries: ProcessEntry[] = [];
  let turnBegan = performance.now();
  for (const pid of listPids()) {
    const entry = readProcess(pid);
    if (entry !== null) entries.push(entry);
    if (performance.now() - turnBegan < longestTurnMs) continue;
    await othersTurn();
    turnBegan = performance.now();
  }
  return entries;
}

/** The same at once, on Linux only. */
export function listFromProc(): ProcessEntry[] {
  return listPids()
    .map(readProcess)
    .filter((entry) => entry !== null);
}

function listPids(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

export async function listFromPs(): Promise<ProcessEntry[]> {
  const { stdout } = await promisify(execFile)("ps", ["-axo", psColumns], {
    env: cLocale,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout
    .split("\n")
    .map(parsePsLine)
    .filter((entry) => entry !== null);
}

/**
 * A line of /proc/PID/stat (proc_pid_stat(5)): the name in parentheses may itself hold spaces and
 * parentheses, so the fields are counted from the last one. Start time is field 22.
 */
export function parseStat(text: string): ProcessEntry | null {
  const open = text.indexOf("(");
  const close = text.lastIndexOf(")");
  if (open === -1 || close === -1) return null;
  const fields = text.slice(close + 2).split(" ");
  const [state, , group, session] = fields;
  const startTime = fields[19];
  if (state === undefined || startTime === undefined || /[ZXx]/.test(state)) return null;
  return {
    pid: Number.parseInt(text, 10),
    groupId: Number(group),
    sessionId: Number(session),
    startTime,
    command: text.slice(open + 1, close),
  };
}

// "lstart" is five words long; a session is not told alike by every ps, the group is.
const psLine = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/m;
const cLocale = { ...process.env, LC_ALL: "C" };

function parsePsLine(line: string): ProcessEntry | null {
  const match = psLine.exec(line);
  if (match === null) return null;
  const [, pid, group, state = "", startTime = "", command = ""] = match;
  if (state.startsWith("Z")) return null;
  const groupId = Number(group);
  return {
    pid: Number(pid),
    groupId,
    sessionId: groupId,
    startTime: startTime.replace(/\s+/g, " "),
    command: command.trim(),
  };
}

/**
 * Variables of the environment that the process was started with; `null` where they cannot be read.
 * Not synchronous: reading may have to wait for the process that is asked about.
 */
export async function readVariables<Name extends string>(
  pid: number,
  names: readonly Name[],
): Promise<Record<Name, string | null>> {
  const environment = onLinux ? await readEnvironment(pid) : "";
  const values = names.map((name) => [name, variableIn(environment, name)]);
  return Object.fromEntries(values) as Record<Name, string | null>;
}

async function readEnvironment(pid: number): Promise<string> {
  try {
    return `\0${await readFile(`/proc/${pid}/environ`, "utf8")}`;
  } catch {
    // Gone meanwhile, or another user's.
    return "";
  }
}

function variableIn(environment: string, name: string): string | null {
  const start = environment.indexOf(`\0${name}=`);
  if (start === -1) return null;
  const from = start + name.length + 2;
  const end = environment.indexOf("\0", from);
  return environment.slice(from, end === -1 ? undefined : end);
}
