import { readFileSync } from "node:fs";
import type { Row, Span } from "./history-check";

interface Entry {
  readonly service: string;
  readonly invocation: string;
  readonly pid: number;
  readonly what: string;
  readonly code: number | null;
  /** µs since 1970, to the clock tick of /proc/uptime. */
  readonly at: number;
}

export interface Comparison {
  readonly starts: number;
  readonly ends: number;
  /** Happened while nobody looked: not in history, and a gap says so. */
  readonly unseen: number;
  readonly lost: string[];
  readonly doubled: string[];
  readonly wrong: string[];
}

/** A child writes before its parent hears of it; on a busy machine that takes a moment. */
const slackUs = 1_000_000;
const ends = new Set(["Stopping", "Stopped", "Restarting", "Error"]);

/** What the children of the storm wrote of themselves. */
export function readDiary(file: string): Entry[] {
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  const bootUs = Date.now() * 1000 - uptime * 1_000_000;
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => {
      const [service = "", invocation = "", pid, what = "", code, up] = line.split(" ");
      const at = bootUs + Number(up) * 1_000_000;
      return { service, invocation, pid: Number(pid), what, code: code === "-" ? null : Number(code), at };
    });
}

/** Holds history against what the children say: all that happened while somebody looked is in it, once. */
export function compare(diary: readonly Entry[], rows: readonly Row[], gaps: readonly Span[]): Comparison {
  const byInvocation = grouped(rows, (row) => `${row.service} ${row.invocation}`);
  const byPid = grouped(rows, (row) => `${row.service} ${row.pid}`);
  const found = { starts: 0, ends: 0, unseen: 0, lost: [], doubled: [], wrong: [] } as {
    -readonly [K in keyof Comparison]: Comparison[K];
  };
  const miss = (entry: Entry) => {
    const inGap = gaps.some((gap) => entry.at > gap.from - slackUs && entry.at < gap.to + slackUs);
    if (inGap) found.unseen += 1;
    else
      found.lost.push(
        `${entry.service} ${entry.what} of ${entry.pid} at ${new Date(entry.at / 1000).toISOString()}`,
      );
  };
  for (const entry of diary) {
    const own = new Set([
      ...(byInvocation.get(`${entry.service} ${entry.invocation}`) ?? []),
      ...(byPid.get(`${entry.service} ${entry.pid}`) ?? []).filter(
        ({ at }) => Math.abs(at - entry.at) < 30_000_000,
      ),
    ]);
    if (entry.what === "begin") {
      found.starts += 1;
      const told = [...own].filter(({ to }) => to === "Starting").length;
      if (told === 0) miss(entry);
      if (told > 1) found.doubled.push(`${entry.service}: the start of ${entry.pid} is told ${told} times`);
    } else if (entry.what === "end" || entry.what === "killed") {
      found.ends += 1;
      const told = [...own].filter(({ to }) => ends.has(to));
      if (told.length === 0) miss(entry);
      const codes = told.filter(({ event }) => event === "exited" || event === "runtime error");
      for (const { exitCode } of codes)
        if (exitCode !== entry.code)
          found.wrong.push(
            `${entry.service}: ${entry.pid} ended with ${entry.code}, history says ${exitCode}`,
          );
    }
  }
  return found;
}

function grouped(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
