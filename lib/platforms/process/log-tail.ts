import { closeSync, openSync, readSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { LogLine } from "../../wire/service";
import { fits, type LineFilter, longestLineBytes, toLogLine } from "../log-text";
import { earlierLogs } from "./log-rotation";

const chunkBytes = 65_536;

/** How many lines, and what each of them is like. */
export interface TailQuery extends LineFilter {
  readonly lines: number;
}

/**
 * The last lines of a log that fit, oldest first, from the rotated files too if need be.
 * @param end the byte before which the newest file is read; absent: all of it.
 */
export function readTail(path: string, query: TailQuery, end?: number): Promise<LogLine[]> {
  return readBackwards([path, ...earlierLogs(path)], query, end);
}

/**
 * The same of any files, newest first. They are read from their end: a long log costs no more than a
 * short one.
 */
export async function readBackwards(
  files: readonly string[],
  query: TailQuery,
  end?: number,
): Promise<LogLine[]> {
  const found: LogLine[] = [];
  for (const [index, file] of files.entries()) {
    for await (const line of linesBackwards(file, index === 0 ? end : undefined)) {
      if (found.length >= query.lines) return found.reverse();
      if (fits(line, query)) found.push(line);
    }
  }
  return found.slice(0, query.lines).reverse();
}

/** A line of which the beginning is not read yet: its first bytes so far, and how many there are. */
interface Rest {
  readonly head: Buffer;
  readonly bytes: number;
}

async function* linesBackwards(path: string, before?: number): AsyncGenerator<LogLine> {
  const file = await openIfThere(path);
  if (file === null) return;
  try {
    let end = before ?? (await file.stat()).size;
    let rest: Rest | null = null;
    while (end > 0) {
      const start = Math.max(0, end - chunkBytes);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
      let lineEnd = bytesRead;
      for (let cut = lastNewline(buffer, lineEnd); cut !== -1; cut = lastNewline(buffer, cut)) {
        const line = prepend(buffer.subarray(cut + 1, lineEnd), rest);
        // Nothing follows the newline at the end of the file.
        if (rest !== null || line.bytes > 0) yield toLogLine(line.head, line.bytes);
        rest = { head: Buffer.alloc(0), bytes: 0 };
        lineEnd = cut;
      }
      rest = prepend(buffer.subarray(0, lineEnd), rest);
      end = start;
    }
    if (rest !== null) yield toLogLine(rest.head, rest.bytes);
  } finally {
    await file.close();
  }
}

function lastNewline(buffer: Buffer, before: number): number {
  return before === 0 ? -1 : buffer.lastIndexOf(10, before - 1);
}

function prepend(piece: Buffer, rest: Rest | null): Rest {
  if (rest === null) return { head: piece.subarray(0, longestLineBytes), bytes: piece.length };
  const head = Buffer.concat([piece.subarray(0, longestLineBytes), rest.head]).subarray(0, longestLineBytes);
  return { head, bytes: piece.length + rest.bytes };
}

/** The last lines, at once: few enough to be read between two events. */
export function readTailNow(path: string, lines: number): string[] {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const bytes = Math.min(size, longestLineBytes);
  if (bytes === 0) return [];
  const buffer = Buffer.alloc(bytes);
  const file = openSync(path, "r");
  try {
    readSync(file, buffer, 0, bytes, size - bytes);
  } finally {
    closeSync(file);
  }
  const pieces = buffer.toString("latin1").replace(/\n$/, "").split("\n");
  // Where only a part was read, its first line has lost its beginning.
  const whole = size > bytes && pieces.length > 1 ? pieces.slice(1) : pieces;
  return whole.slice(-lines).map((piece) => toLogLine(Buffer.from(piece, "latin1"), piece.length).text);
}

export async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
