import { appendFileSync, closeSync, openSync, readSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ProcessFact, Trigger } from "./facts";
import { fileNameOf } from "./file-names";
import { readProcessFact } from "./replay-facts";

const largestBytes = 1_000_000;
const endBytes = 64 * 1024;

/** Every fact of a service as a line of JSON, for bug reports and replay; at most two files of 1 MB. */
export class FactFile {
  readonly path: string;
  #bytes: number | null = null;

  constructor(folder: string, service: string) {
    this.path = join(folder, `${fileNameOf(service)}.facts.jsonl`);
  }

  /** What ended the last start that the file tells of, if something did. */
  lastStop(): Trigger["tag"] | null {
    const line = readEnd(this.path)
      .split("\n")
      .findLast((text) => /"tag":"(start-begun|stop-begun|restart-cancelled)"/.test(text));
    const fact = line === undefined ? null : readProcessFact(line);
    return fact?.tag === "stop-begun" || fact?.tag === "restart-cancelled" ? fact.trigger.tag : null;
  }

  append(fact: ProcessFact): void {
    const line = `${JSON.stringify(fact)}\n`;
    this.#bytes ??= statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
    if (this.#bytes > 0 && this.#bytes + line.length > largestBytes) {
      renameSync(this.path, `${this.path}.1`);
      this.#bytes = 0;
    }
    appendFileSync(this.path, line, { mode: 0o600 });
    this.#bytes += Buffer.byteLength(line);
  }
}

/** The last part of a file, the first line of which may be cut; empty if there is none. */
function readEnd(path: string): string {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return "";
  const end = Buffer.alloc(Math.min(size, endBytes));
  const file = openSync(path, "r");
  try {
    const bytes = readSync(file, end, 0, end.length, size - end.length);
    return end.toString("utf8", 0, bytes);
  } finally {
    closeSync(file);
  }
}
