import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { stringify } from "yaml";
import { until } from "../processes";
import { freePort } from "../signalbox";

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  /** The instant in Unix seconds, and the value as text. */
  readonly value: readonly [number, string];
}

/** A real Prometheus of this test's own, on loopback, with its own data; it scrapes every second. */
export class Prometheus {
  readonly #folder: string;
  readonly #port: number;
  readonly #child: ChildProcess;
  output = "";

  private constructor(folder: string, port: number, child: ChildProcess) {
    this.#folder = folder;
    this.#port = port;
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text) => {
        this.output += String(text);
      });
  }

  /** @param target `host:port` of a Signalbox. @param rules a rule file's text. */
  static async start(target: string, token: string, rules = "groups: []\n"): Promise<Prometheus> {
    const folder = mkdtempSync(path.join(os.tmpdir(), "sb-prometheus-"));
    const place = (name: string) => path.join(folder, name);
    writeFileSync(place("token"), `${token}\n`, { mode: 0o400 });
    writeFileSync(place("rules.yml"), rules);
    const config = {
      global: { scrape_interval: "1s", scrape_timeout: "1s", evaluation_interval: "1s" },
      rule_files: ["rules.yml"],
      scrape_configs: [
        {
          job_name: "signalbox",
          authorization: { credentials_file: "token" },
          static_configs: [{ targets: [target] }],
        },
      ],
    };
    writeFileSync(place("prometheus.yml"), stringify(config));
    mkdirSync(place("data"));
    const port = await freePort();
    const argv = [`--config.file=${place("prometheus.yml")}`, `--storage.tsdb.path=${place("data")}`];
    const child = spawn("/usr/bin/prometheus", [...argv, `--web.listen-address=127.0.0.1:${port}`], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const prometheus = new Prometheus(folder, port, child);
    await until("Prometheus is ready", () => prometheus.#isReady(), 30_000);
    return prometheus;
  }

  /** The series that an expression gives now. @throws Error with Prometheus' own words. */
  async query(expression: string): Promise<Series[]> {
    const body = await this.#ask(`/api/v1/query?query=${encodeURIComponent(expression)}`);
    return (body as { result: Series[] }).result;
  }

  /** The first series' value; undefined where there is none. */
  async value(expression: string): Promise<number | undefined> {
    const [first] = await this.query(expression);
    return first === undefined ? undefined : Number(first.value[1]);
  }

  /** What it says of its one target: "up", or what went wrong with the newest scrape. */
  async target(): Promise<string> {
    const body = await this.#ask("/api/v1/targets");
    const [target] = (body as { activeTargets: { health: string; lastError: string }[] }).activeTargets;
    return target?.lastError || (target?.health ?? "none");
  }

  /** Ends it and removes what it wrote. */
  async remove(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    if (this.#child.exitCode === null && this.#child.kill("SIGTERM")) await gone;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #isReady(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`Prometheus ended:\n${this.output}`);
    try {
      return (await fetch(`http://127.0.0.1:${this.#port}/-/ready`)).ok;
    } catch {
      return false; // it does not listen yet
    }
  }

  async #ask(address: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${this.#port}${address}`);
    const body = (await answer.json()) as { status: string; error?: string; data: unknown };
    if (body.status !== "success") throw new Error(`${address}: ${body.error}`);
    return body.data;
  }
}
