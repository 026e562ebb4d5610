import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fileNameOf } from "./file-names";

const recordSchema = z.object({
  /** Whose it is; records of earlier versions do not say, and are ours. */
  instance: z.string().optional(),
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

/**
 * One small file for each living process, replaced in one step, so that it is whole or absent.
 * Records of another installation in the same folder are none of ours: they are not read, not removed.
 */
export class RecordFolder {
  readonly #folder: string;
  readonly #instance: string;

  constructor(folder: string, instance: string) {
    this.#folder = folder;
    this.#instance = instance;
  }

  write(record: Omit<ProcessRecord, "instance">): void {
    const path = this.#path(record.service);
    const whole: ProcessRecord = { instance: this.#instance, ...record };
    writeFileSync(`${path}.new`, JSON.stringify(whole), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }

  remove(service: string): void {
    const path = this.#path(service);
    const record = readRecord(path);
    if (record === null || this.#isOurs(record)) rmSync(path, { force: true });
  }

  /** All records; a file that is none is passed over (its processes are found by their mark). */
  readAll(): ProcessRecord[] {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => readRecord(join(this.#folder, name)))
      .filter((record) => record !== null)
      .filter((record) => this.#isOurs(record));
  }

  #isOurs({ instance }: ProcessRecord): boolean {
    return instance === undefined || instance === this.#instance;
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
