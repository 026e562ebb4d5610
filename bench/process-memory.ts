import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A process and everything that it started, with its children's children. */
export function familyOf(pid: number): number[] {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) }];
      } catch {
        return []; // it ended while we looked
      }
    });
  const below = (of: number): number[] => [
    of,
    ...parents.filter(({ parent }) => parent === of).flatMap((child) => below(child.pid)),
  ];
  return below(pid);
}

/** In kB. Proportional: what processes share is counted once among them. */
export function proportionalKb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0; // it ended while we looked
  }
}

/** The name of the program that it runs; "" when it has ended. */
export function commandOf(pid: number): string {
  try {
    return path.basename(readFileSync(`/proc/${pid}/cmdline`, "utf8").split(/[\0 ]/)[0] ?? "");
  } catch {
    return "";
  }
}

/** "12.3 MB" */
export function inMb(kb: number): string {
  return `${(kb / 1024).toFixed(kb < 100 * 1024 ? 1 : 0)} MB`;
}
