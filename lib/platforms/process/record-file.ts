import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fileNameOf } from "./file-names";

const recordSchema = z.object({
  service: z.string(),
  invocation: z.string(),
  pid: z.number().int(),
  startTime: z.string(),
  bootId: z.string(),
  at: z.number(),
  monotonic: z.number(),
});
/** Which process a service has: what a later run of Signalbox needs to know it again. */
export type ProcessRecord = z.infer<typeof recordSchema>;

/** One small file for each living process, replaced in one step, so that it is whole or absent. */
export class RecordFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  write(record: ProcessRecord): void {
    const path = this.#path(record.service);
    writeFileSync(`${path}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  remove(service: string): void {
    rmSync(this.#path(service), { force: true });
  }

  /** All records; a file that is none is passed over (its processes are found by their mark). */
  readAll(): ProcessRecord[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => readRecord(join(this.#folder, name)))
      .filter((record) => record !== null);
  }

  #path(service: string): string {
    return join(this.#folder, `${fileNameOf(service)}.json`);
  }
}

function readRecord(path: string): ProcessRecord | null {
  try {
    return recordSchema.safeParse(JSON.parse(readFileSync(path, "utf8"))).data ?? null;
  } catch {
    // Cut off by a full disk, or not ours.
    return null;
  }
}
