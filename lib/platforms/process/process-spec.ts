import type { Health } from "../../wire/service";

/** A readiness and health check. What it asks, and how, is not this platform's business. */
export interface HealthCheck {
  readonly check: (signal: AbortSignal) => Promise<Health>;
  readonly everyMs: number;
  readonly timeoutMs: number;
  /** So many failing checks in a row make the health "failing". */
  readonly failures: number;
}

export interface RestartPolicy {
  readonly on: "failure" | "always" | "never";
  /** Before the first attempt; it doubles with every failure in a row. */
  readonly delayMs: number;
  /** Attempts in a row before giving up; `null` never gives up. */
  readonly max: number | null;
}

/** One child process to supervise, as the configuration asks for it. All spans in milliseconds. */
export interface ProcessSpec {
  readonly name: string;
  /** Program and arguments; never read by a shell. */
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Without a probe a process is Running once it has lived this long. */
  readonly settleMs: number;
  /** `null`: it may take as long as it likes (a one-shot with much to do). */
  readonly startTimeoutMs: number | null;
  readonly stopTimeoutMs: number;
  readonly restart: RestartPolicy;
  /** Does its work and ends: Starting while it runs, Stopped when it has finished. */
  readonly oneshot: boolean;
  /** Services of the same host that are to be up first. */
  readonly after: readonly string[];
  readonly autostart: boolean;
  readonly probe: HealthCheck | null;
}
