import type { FileHandle } from "node:fs/promises";
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { LogLine } from "../../wire/service";
import { fits, longestLineBytes, toLogLine } from "../log-text";
import { openIfThere, readTail, type TailQuery } from "./log-tail";

const everyMs = 200;
const chunkBytes = 65_536;

/**
 * Tells the last lines, and then every line that is written from there on, without a hole between
 * them: whole lines only, until `signal` aborts. A log that is rotated, emptied, or not there yet
 * is followed on.
 */
export async function followLog(
  path: string,
  query: TailQuery,
  signal: AbortSignal,
  onLine: (line: LogLine) => void,
): Promise<void> {
  let file = await openIfThere(path);
  const splitter = new LineSplitter((line) => {
    if (fits(line, query)) onLine(line);
  });
  let position = file === null ? 0 : await startOfLine(file, (await file.stat()).size);
  for (const line of await readTail(path, query, position)) onLine(line);
  try {
    while (!signal.aborted) {
      if (file !== null) position = await readFrom(file, position, splitter);
      if (file === null || (await wasReplaced(file, path))) {
        const next = await openIfThere(path);
        if (next !== null) {
          // What was written to the old one before it was put aside.
          if (file !== null) await readFrom(file, position, splitter);
          await file?.close();
          splitter.end();
          file = next;
          position = 0;
          continue;
        }
      }
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    await file?.close();
  }
}

async function readFrom(file: FileHandle, from: number, splitter: LineSplitter): Promise<number> {
  let position = from;
  if ((await file.stat()).size < position) {
    splitter.end();
    position = 0;
  }
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return position;
    splitter.push(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
}

async function wasReplaced(file: FileHandle, path: string): Promise<boolean> {
  const [mine, there] = await Promise.all([file.stat(), stat(path).catch(() => null)]);
  return there !== null && (there.ino !== mine.ino || there.dev !== mine.dev);
}

/** Where the line begins that goes on at `at`; at most as far back as a line is shown. */
export async function startOfLine(file: FileHandle, at: number): Promise<number> {
  const start = Math.max(0, at - longestLineBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(at - start), 0, at - start, start);
  const newline = buffer.subarray(0, bytesRead).lastIndexOf(10);
  return newline === -1 ? start : start + newline + 1;
}

/** Cuts a stream of bytes into lines, and holds no more of a line than is shown. */
export class LineSplitter {
  #head: Buffer = Buffer.alloc(0);
  #bytes = 0;
  readonly #onLine: (line: LogLine) => void;

  constructor(onLine: (line: LogLine) => void) {
    this.#onLine = onLine;
  }

  push(chunk: Buffer): void {
    let from = 0;
    for (let cut = chunk.indexOf(10); cut !== -1; cut = chunk.indexOf(10, from)) {
      this.#take(chunk.subarray(from, cut));
      this.#tell();
      from = cut + 1;
    }
    this.#take(chunk.subarray(from));
  }

  /** The source has ended: what is there of a line is told as it is. */
  end(): void {
    if (this.#bytes > 0) this.#tell();
  }

  #take(piece: Buffer): void {
    this.#bytes += piece.length;
    const room = longestLineBytes - this.#head.length;
    if (room > 0 && piece.length > 0) this.#head = Buffer.concat([this.#head, piece.subarray(0, room)]);
  }

  #tell(): void {
    this.#onLine(toLogLine(this.#head, this.#bytes));
    this.#head = Buffer.alloc(0);
    this.#bytes = 0;
  }
}
