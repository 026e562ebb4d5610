import { existsSync, renameSync, statSync } from "node:fs";
import { copyFile, rename, stat, truncate } from "node:fs/promises";

const largestAtStartBytes = 5_000_000;
const largestWhileRunningBytes = 20_000_000;

/** The older parts of a log, newest first. */
export function earlierLogs(path: string): [string, string] {
  return [`${path}.1`, `${path}.2`];
}

/** Before a start: a log that has grown is put aside. */
export function rotateBeforeStart(path: string, largestBytes = largestAtStartBytes): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= largestBytes) return;
  const [first, second] = earlierLogs(path);
  if (existsSync(first)) renameSync(first, second);
  renameSync(path, first);
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
  await copyFile(path, first);
  await truncate(path, 0);
}
