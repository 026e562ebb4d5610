import { type ChildProcess, spawn } from "node:child_process";

export interface SupervisedPlan {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Keeps the program's ordinary output to itself; its errors are always shown. */
  readonly quiet?: boolean;
  say(line: string): void;
}

const longestBackOffMs = 10_000;
const wellAfterMs = 30_000;

/** One of our own processes, started again with back-off when it ends by itself. */
export class Supervised {
  readonly #plan: SupervisedPlan;
  #child: ChildProcess | null = null;
  #ending = false;
  #failures = 0;
  #startedAt = 0;

  constructor(plan: SupervisedPlan) {
    this.#plan = plan;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  start(): void {
    const [command, ...rest] = this.#plan.argv;
    this.#startedAt = performance.now();
    const child = spawn(command, rest, {
      cwd: this.#plan.cwd,
      env: this.#plan.env,
      // The channel tells the child when we are gone, however we went.
      stdio: ["ignore", this.#plan.quiet ? "ignore" : "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    child.once("error", (error) => this.#plan.say(`The ${this.#plan.name} does not start: ${error.message}`));
    child.once("exit", (code, signal) => this.#onExit(child, signal ?? `code ${code}`));
  }

  /** Ends it and lets it come back at once. */
  restart(): void {
    this.#failures = 0;
    this.#child?.kill("SIGTERM");
  }

  /** SIGTERM, and SIGKILL after `deadlineMs`; resolves when it is gone. */
  async end(deadlineMs: number): Promise<void> {
    this.#ending = true;
    const child = this.#child;
    if (!child) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), deadlineMs);
    await gone;
    clearTimeout(killer);
  }

  #onExit(child: ChildProcess, how: string): void {
    if (this.#child !== child) return;
    this.#child = null;
    if (this.#ending) return;
    this.#failures = performance.now() - this.#startedAt > wellAfterMs ? 1 : this.#failures + 1;
    const waitMs = this.#failures === 1 ? 50 : Math.min(250 * 2 ** this.#failures, longestBackOffMs);
    this.#plan.say(`The ${this.#plan.name} ended (${how}); starting it again.`);
    setTimeout(() => {
      if (!this.#ending) this.start();
    }, waitMs);
  }
}
