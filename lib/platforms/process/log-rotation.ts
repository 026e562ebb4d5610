import { existsSync, renameSync, statSync } from "node:fs";
import { copyFile, rename, stat, truncate } from "node:fs/promises";

const largestAtStartBytes = 5_000_000;
const largestWhileRunningBytes = 20_000_000;

/** The older parts of a log, newest first. */
export function earlierLogs(path: string): [string, string] {
  return [`${path}.1`, `${path}.2`];
}

/** Beside a log: at which instants it had which length. See `LogMarks`. */
export function marksOf(path: string): string {
  return `${path}.marks`;
}

/** Before a start: a log that has grown is put aside. */
export function rotateBeforeStart(path: string, largestBytes = largestAtStartBytes): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= largestBytes) return;
  const [first, second] = earlierLogs(path);
  for (const file of [(of: string) => of, marksOf]) {
    if (existsSync(file(first))) renameSync(file(first), file(second));
    if (existsSync(file(path))) renameSync(file(path), file(first));
  }
}

/**
 * While it is written to: the child holds the file open, so it is copied and emptied. What the
 * child writes between the two (microseconds) is lost; the alternative is a full disk.
 */
export async function rotateWhileRunning(
  path: string,
  largestBytes = largestWhileRunningBytes,
): Promise<void> {
  const { size } = await stat(path);
  if (size <= largestBytes) return;
  const [first, second] = earlierLogs(path);
  if (existsSync(first)) await rename(first, second);
  if (existsSync(marksOf(first))) await rename(marksOf(first), marksOf(second));
  await copyFile(path, first);
  if (existsSync(marksOf(path))) await rename(marksOf(path), marksOf(first));
  await truncate(path, 0);
}
