import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { freePorts } from "../../demo/stand-ins/free-ports.mjs";
import { Api } from "./api";
import { endGroupOf } from "./processes";

export const root = path.resolve(fileURLToPath(import.meta.url), "..", "..", "..");
export const fleetFolder = path.join(root, "e2e", "fleet");

/** A Signalbox of this test's own: its port, its data, its fleet. Started as a user starts it. */
export class Signalbox {
  readonly port: number;
  readonly folder: string;
  readonly config: string | null;
  readonly environment: Readonly<Record<string, string>>;
  output = "";
  link = "";
  readonly data: string;
  #child: ChildProcess | null = null;

  private constructor(
    port: number,
    config: string | null,
    environment: Record<string, string>,
    data: string | null,
  ) {
    this.port = port;
    this.folder = mkdtempSync(path.join(os.tmpdir(), "sb-e2e-"));
    this.config = config === null ? null : path.join(this.folder, "signalbox.yaml");
    if (this.config !== null && config !== null) writeFileSync(this.config, config);
    this.environment = environment;
    this.data = data ?? path.join(this.folder, "data");
  }

  /**
   * @param config the text of a signalbox.yaml, or null for the demo fleet.
   * @param data its data folder; one of its own if there is none.
   */
  static async start(
    config: string | null,
    environment: Record<string, string> = {},
    data: string | null = null,
  ): Promise<Signalbox> {
    const signalbox = new Signalbox(await freePort(), config, environment, data);
    await signalbox.start();
    return signalbox;
  }

  /** A line of the environment of all that it starts, and of nothing else. */
  get sign(): string {
    return `E2E_DATA=${this.data}`;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error("Signalbox does not run");
    return pid;
  }

  /** Starts it (again) and waits for its link. */
  async start(): Promise<void> {
    this.output = "";
    const child = this.spawn({});
    this.#child = child;
    this.link = await new Promise((resolve, reject) => {
      child.stdout?.on("data", () => {
        const found = /sign this browser in: (\S+)/.exec(this.output)?.[1];
        if (found) resolve(found);
      });
      child.once("exit", (code, signal) => {
        reject(new Error(`Signalbox ended with ${signal ?? code} before it was up:\n${this.output}`));
      });
    });
  }

  /** One more process on the same data and configuration; its output is added to `output`. */
  spawn(environment: Record<string, string>): ChildProcess {
    const child = spawn(process.execPath, ["scripts/start.mjs"], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        ...this.environment,
        PORT: String(this.port),
        SIGNALBOX_DATA: this.data,
        E2E_DATA: this.data,
        ...(this.config === null ? {} : { SIGNALBOX_CONFIG: this.config }),
        ...environment,
      },
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text) => {
        this.output += String(text);
      });
    return child;
  }

  async api(): Promise<Api> {
    return Api.signIn(this.address, this.link);
  }

  /** Asks it to end, as a service manager would. @returns how many milliseconds it took. */
  async end(): Promise<number> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return 0;
    const before = performance.now();
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await gone;
    return performance.now() - before;
  }

  /** Ends it and removes everything it wrote. */
  async remove(): Promise<void> {
    await this.end();
    await endGroupOf(this.data);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error("no port");
  return port;
}
