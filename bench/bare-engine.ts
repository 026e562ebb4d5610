import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { formatTarget, targetVariable } from "../db/open";
import { openTestDatabase, type TestDatabase } from "../db/test-database";
import { monotonicMs } from "./monotonic";

/** The engine's process alone, with a database of its own: no web, no launcher. */
export class BareEngine {
  readonly test: TestDatabase;
  readonly #folder: string;
  #child: ChildProcess | null = null;

  private constructor(test: TestDatabase, folder: string) {
    this.test = test;
    this.#folder = folder;
  }

  static async prepare(config: string): Promise<BareEngine> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sb-bench-"));
    writeFileSync(path.join(folder, "signalbox.yaml"), config);
    return new BareEngine(await openTestDatabase(), folder);
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("the engine does not run");
    return pid;
  }

  /** @returns the instant of its start, by the monotonic clock. */
  start(): number {
    const engine = process.env.SIGNALBOX_ENGINE;
    if (!engine) throw new Error("SIGNALBOX_ENGINE names no built engine: start this by `npm run bench`");
    const startedAt = monotonicMs();
    this.#child = spawn(process.execPath, [engine], {
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        ...process.env,
        [targetVariable]: formatTarget(this.test.target),
        SIGNALBOX_CONFIG: path.join(this.#folder, "signalbox.yaml"),
        SIGNALBOX_DATA: this.#folder,
      },
    });
    return startedAt;
  }

  async end(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
  }

  async remove(): Promise<void> {
    await this.end();
    await this.test.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
