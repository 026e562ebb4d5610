import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../signalbox";

/** Where Debian's package has it. */
export const program = "/usr/bin/prometheus-alertmanager";

export interface HeldAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly status: { readonly state: string };
}

/** A real Alertmanager on loopback with a data folder of its own, which passes on to `receiver`. */
export class TestAlertmanager {
  readonly url: string;
  readonly #folder = mkdtempSync(path.join(tmpdir(), "alertmanager-"));
  readonly #port: number;
  readonly #receiver: string;
  #child: ChildProcess | null = null;

  private constructor(port: number, receiver: string) {
    this.url = `http://127.0.0.1:${port}`;
    this.#port = port;
    this.#receiver = receiver;
  }

  static async open(receiver: string): Promise<TestAlertmanager> {
    const alertmanager = new TestAlertmanager(await freePort(), receiver);
    await alertmanager.start();
    return alertmanager;
  }

  /** Starts it; what it held before in memory is gone. */
  async start(): Promise<void> {
    const file = path.join(this.#folder, "alertmanager.yml");
    const route = { receiver: "test", group_by: ["..."], group_wait: "0s", group_interval: "1s" };
    const receivers = [{ name: "test", webhook_configs: [{ url: this.#receiver, send_resolved: true }] }];
    writeFileSync(file, JSON.stringify({ route, receivers }));
    const data = path.join(this.#folder, `data-${Date.now()}`);
    const argv = [
      ...[`--config.file=${file}`, `--storage.path=${data}`, "--cluster.listen-address="],
      `--web.listen-address=127.0.0.1:${this.#port}`,
    ];
    this.#child = spawn(program, argv, { stdio: "ignore" });
    for (let tries = 0; tries < 400; tries++) {
      if (this.#child.exitCode !== null) throw new Error(`Alertmanager ended with ${this.#child.exitCode}`);
      const ready = await fetch(`${this.url}/-/ready`).catch(() => null);
      if (ready?.ok) return;
      await sleep(50);
    }
    throw new Error("Alertmanager is not ready");
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (!child || child.exitCode !== null) return;
    const exit = once(child, "exit");
    child.kill("SIGKILL");
    await exit;
  }

  /** What it holds as active. */
  async alerts(): Promise<HeldAlert[]> {
    const answer = await fetch(`${this.url}/api/v2/alerts?active=true&silenced=true&inhibited=true`);
    return (await answer.json()) as HeldAlert[];
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
