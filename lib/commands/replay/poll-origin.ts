import path from "node:path";
import type { Micros } from "../../machine/types";
import { beginningOf, formatOf } from "../../platforms/systemd/replay/replay-capture";
import type { CaptureFile } from "./capture-file";

/**
 * Where the instants of a poll count from: from `pollAt` where it is said, else from the first entry
 * of the capture beside it: the one of the same name (`B.journal.jsonl` beside `B.poll.jsonl`), or
 * the one that is named before it, or the first. Without any it is 1970.
 */
export function originOf(
  poll: CaptureFile,
  files: readonly CaptureFile[],
  platforms: readonly CaptureFile[],
  pollAt: Micros | null,
): Micros {
  if (pollAt !== null) return pollAt;
  const before = files.slice(0, files.indexOf(poll)).findLast((file) => platforms.includes(file));
  const beside = platforms.find((file) => stemOf(file) === stemOf(poll)) ?? before ?? platforms[0];
  const format = beside === undefined ? null : formatOf(beside.text);
  return beside === undefined || format === null ? 0 : (beginningOf(beside.text, format) ?? 0);
}

function stemOf({ name }: CaptureFile): string {
  return path.basename(name).replace(/\.[a-z]+\.jsonl$/, "");
}
