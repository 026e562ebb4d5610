import { stat } from "node:fs/promises";
import { now, toRfc3339 } from "../../clock";
import type { Micros } from "../../machine/types";
import type { LogLine } from "../../wire/service";
import { fits } from "../log-text";
import { LineSplitter, startOfLine } from "./log-follow";
import { lastMarkBefore } from "./log-marks";
import { earlierLogs } from "./log-rotation";
import { openIfThere, readBackwards, type TailQuery } from "./log-tail";

const chunkBytes = 65_536;

/** Where a log stood: a file of it, and how much of that was written. */
interface Place {
  /** The file's index among all, newest first. */
  readonly file: number;
  readonly bytes: number;
}

/**
 * The lines written before and after an instant, half of `lines` each, oldest first. To the byte at
 * the instant of a fact about the service, else as near as the log's marks are. By `knownAt` the
 * lines before are told from those after.
 */
export async function readAround(path: string, query: TailQuery, at: Micros): Promise<LogLine[]> {
  const files = [path, ...earlierLogs(path)];
  const place = await placeAt(files, at);
  const half = Math.ceil(query.lines / 2);
  const before = await readBackwards(files.slice(place.file), { ...query, lines: half }, place.bytes);
  const after = await readForwards(files.slice(0, place.file + 1).reverse(), place.bytes, {
    ...query,
    lines: query.lines - half,
  });
  const seenAt = now().at;
  const knownBefore = toRfc3339(Math.min(at, seenAt));
  const knownAfter = toRfc3339(seenAt);
  return [
    ...before.map((line) => ({ ...line, knownAt: knownBefore })),
    ...after.map((line) => ({ ...line, knownAt: knownAfter })),
  ];
}

async function placeAt(files: readonly string[], at: Micros): Promise<Place> {
  let oldest = 0;
  for (const [file, path] of files.entries()) {
    const there = await stat(path).catch(() => null);
    if (there === null) continue;
    oldest = file;
    const mark = await lastMarkBefore(path, at);
    if (mark !== null) return { file, bytes: await wholeLinesBefore(path, Math.min(mark.bytes, there.size)) };
    // Without a mark its last change still tells that all of it is older.
    if (there.mtimeMs * 1_000 <= at) return { file, bytes: there.size };
  }
  return { file: oldest, bytes: 0 };
}

/** A line that was half written then belongs to what came after. */
async function wholeLinesBefore(path: string, bytes: number): Promise<number> {
  const file = await openIfThere(path);
  if (file === null) return 0;
  try {
    return await startOfLine(file, bytes);
  } finally {
    await file.close();
  }
}

/** The first lines that fit: from a byte of the first file on, then of the others. */
async function readForwards(files: readonly string[], from: number, query: TailQuery): Promise<LogLine[]> {
  const found: LogLine[] = [];
  const splitter = new LineSplitter((line) => {
    if (found.length < query.lines && fits(line, query)) found.push(line);
  });
  for (const [index, path] of files.entries()) {
    const file = await openIfThere(path);
    if (file === null) continue;
    try {
      let position = index === 0 ? from : 0;
      while (found.length < query.lines) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
        if (bytesRead === 0) break;
        splitter.push(buffer.subarray(0, bytesRead));
        position += bytesRead;
      }
      splitter.end();
    } finally {
      await file.close();
    }
  }
  return found;
}
