import { mkdtempSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { kill, processes, until } from "../processes";
import { bootScript } from "./keeper";

/** A test host's folder and its cgroups bear one name, which says whose they are: pid and start time. */
const mark = /^signalbox-host-(\d+)-(\d+)-/;

/** A folder for a new host of this process. */
export function newFolder(): string {
  return mkdtempSync(path.join(os.tmpdir(), `signalbox-host-${process.pid}-${startOf(process.pid)}-`));
}

/** When a process began, in clock ticks since the machine's boot: tells it from a later one of its pid. */
function startOf(pid: number): string | null {
  try {
    // The second field is the program's name in brackets, which may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

/** Removes what hosts of runs that were killed have left: their processes, cgroups and folders. */
export async function sweep(): Promise<void> {
  const orphaned = (name: string) => {
    const owner = mark.exec(name);
    return owner !== null && startOf(Number(owner[1])) !== owner[2];
  };
  const folders = readdirSync(os.tmpdir());
  const groups = hierarchies().flatMap((hierarchy) => readdirSync(hierarchy));
  for (const name of new Set([...folders, ...groups].filter(orphaned)))
    await removeTrace(path.join(os.tmpdir(), name));
}

/** Ends what is still of a host, and removes its cgroups and its folder. */
export async function removeTrace(folder: string): Promise<void> {
  const name = path.basename(folder);
  await until(`${name} is gone`, () => {
    const outside = processes().filter(
      ({ command }) => command.includes(bootScript) && command.includes(folder),
    );
    for (const { pid } of outside) kill(pid, "SIGKILL");
    return removeGroups(name) && outside.length === 0;
  });
  rmSync(folder, { recursive: true, force: true });
}

/** @returns whether all are gone; what was still in them has been sent SIGKILL. */
export function removeGroups(name: string): boolean {
  return hierarchies()
    .map((hierarchy) => removeGroup(path.join(hierarchy, name)))
    .every((gone) => gone);
}

/** Where cgroups of version 2, or each hierarchy of version 1, are mounted. */
function hierarchies(): string[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .filter((line) => / - cgroup2? /.test(line))
    .flatMap((line) => line.split(" ")[4] ?? []);
}

function removeGroup(group: string): boolean {
  try {
    for (const entry of readdirSync(group, { withFileTypes: true }))
      if (entry.isDirectory()) removeGroup(path.join(group, entry.name));
    for (const pid of readFileSync(path.join(group, "cgroup.procs"), "utf8").split("\n"))
      if (Number(pid) > 0) kill(Number(pid), "SIGKILL");
    rmdirSync(group);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENODEV") return true;
    if (code === "EBUSY") return false;
    throw error;
  }
}
