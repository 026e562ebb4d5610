import { appendFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Micros } from "../../machine/types";
import { marksOf } from "./log-rotation";

/** At this instant the log had this length. */
interface LogMark {
  readonly at: Micros;
  readonly bytes: number;
}

/**
 * Services write their logs themselves, without instants. So the length of a log is noted at each
 * fact about its service, and now and then besides: what lies before a mark was written before it.
 */
export class LogMarks {
  readonly #noted = new Map<string, number>();
  readonly #warn: (message: string) => void;
  #fails = false;

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /**
   * Notes how long the log is, unless it is as long as it was at the last mark. Never throws: a disk
   * that is full must not keep a service from being supervised.
   */
  note(path: string, at: Micros): void {
    try {
      const bytes = statSync(path, { throwIfNoEntry: false })?.size;
      if (bytes === undefined || bytes === this.#noted.get(path)) return;
      appendFileSync(marksOf(path), `${at} ${bytes}\n`, { mode: 0o600 });
      this.#noted.set(path, bytes);
      this.#fails = false;
    } catch (error) {
      if (!this.#fails) this.#warn(`instants of logs cannot be kept: ${(error as Error).message}`);
      this.#fails = true;
    }
  }
}

/** The last mark of a log that is not after `at`, or null. */
export async function lastMarkBefore(path: string, at: Micros): Promise<LogMark | null> {
  const text = await readFile(marksOf(path), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  let last: LogMark | null = null;
  for (const line of text.split("\n")) {
    const [instant = Number.NaN, bytes = Number.NaN] = line.split(" ").map(Number);
    // A line that was cut by a full disk says nothing.
    if (Number.isSafeInteger(bytes) && instant <= at) last = { at: instant, bytes };
  }
  return last;
}
