import { readFile } from "node:fs/promises";
import { now } from "../../clock";
import type { Usage } from "../contract";
import { onLinux, type ProcessEntry } from "./process-table";

/** proc_pid_stat(5) counts in clock ticks, a hundredth of a second wherever Linux runs Node. */
const usPerTick = 10_000;

interface Share {
  readonly cpuUs: number;
  readonly tasks: number;
  readonly memoryBytes: number | null;
}

/** What these processes use together; `null` when none of them lives. */
export async function usageOf(processes: readonly ProcessEntry[]): Promise<Usage | null> {
  const { at } = now();
  if (processes.length === 0) return null;
  if (!onLinux) return { at, memoryBytes: null, cpuUs: null, tasks: null };
  const found = await Promise.all(processes.map(({ pid }) => readShare(pid)));
  const shares = found.filter((share) => share !== null);
  if (shares.length === 0) return null;
  const memory = shares.flatMap(({ memoryBytes }) => memoryBytes ?? []);
  return {
    at,
    // What is left out would make the rest look like all of it.
    memoryBytes: memory.length < shares.length ? null : sum(memory),
    cpuUs: sum(shares.map(({ cpuUs }) => cpuUs)),
    tasks: sum(shares.map(({ tasks }) => tasks)),
  };
}

async function readShare(pid: number): Promise<Share | null> {
  const stat = await textOf(`/proc/${pid}/stat`);
  const counts = stat === null ? null : parseCounts(stat);
  return counts === null ? null : { ...counts, memoryBytes: await memoryOf(pid) };
}

/**
 * Fields 14 to 17 and 20 of proc_pid_stat(5): its own time, that of the children it waited for (which
 * are in the table no more), and its threads. Counted from the name's last parenthesis, as it may hold some.
 */
export function parseCounts(stat: string): { readonly cpuUs: number; readonly tasks: number } | null {
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const ticks = sum(fields.slice(11, 15).map(Number));
  const tasks = Number(fields[17]);
  if (!Number.isFinite(ticks) || !Number.isInteger(tasks)) return null;
  return { cpuUs: ticks * usPerTick, tasks };
}

/** What is shared with others counts by its part (PSS); where that may not be read, in full. */
async function memoryOf(pid: number): Promise<number | null> {
  const kilobytes =
    /^Pss:\s+(\d+) kB/m.exec((await textOf(`/proc/${pid}/smaps_rollup`)) ?? "") ??
    /^VmRSS:\s+(\d+) kB/m.exec((await textOf(`/proc/${pid}/status`)) ?? "");
  return kilobytes === null ? null : Number(kilobytes[1]) * 1_024;
}

/** Null when the process has ended meanwhile, or belongs to somebody else. */
async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch(() => null);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
