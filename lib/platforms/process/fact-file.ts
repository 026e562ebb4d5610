import { appendFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ProcessFact } from "./facts";
import { fileNameOf } from "./file-names";

const largestBytes = 1_000_000;

/** Every fact of a service as a line of JSON, for bug reports and replay; at most two files of 1 MB. */
export class FactFile {
  readonly path: string;
  #bytes: number | null = null;

  constructor(folder: string, service: string) {
    this.path = join(folder, `${fileNameOf(service)}.facts.jsonl`);
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
