import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Observation } from "../../../machine/observation";
import type { OperatorEvent } from "../../../machine/types";
import type { ActResult, LastKnown, Report, ServiceDetail } from "../../contract";
import { ProcessPlatform } from "../process-platform";
import type { HealthCheck, ProcessSpec } from "../process-spec";
import { readProcess } from "../process-table";

export const steady = "setInterval(() => {}, 1000);";
/** Says "up" by making a file of that name, once it is as it is meant to be. */
export const up = "require('node:fs').writeFileSync('up', '');";
export const stubborn = `process.on('SIGTERM', () => {}); ${up} ${steady}`;

export const js = (script: string) => [process.execPath, "-e", script];

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "signalbox-process-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

function makeSpec(cwd: string, spec: Partial<ProcessSpec> & { name: string }): ProcessSpec {
  return {
    command: js(steady),
    cwd,
    env: {},
    settleMs: 100,
    startTimeoutMs: 30_000,
    stopTimeoutMs: 20_000,
    restart: { on: "never", delayMs: 100, max: 5 },
    oneshot: false,
    after: [],
    autostart: false,
    probe: null,
    ...spec,
  };
}

/** A check that is good while the file is there. */
export function whileThere(path: string): HealthCheck {
  return {
    check: async () =>
      existsSync(path) ? { status: "ok", detail: "up" } : { status: "failing", detail: "not up" },
    everyMs: 20,
    timeoutMs: 5_000,
    failures: 2,
  };
}

/** A platform with real processes, and everything that it reports. */
export class Bench {
  readonly folder = makeFolder();
  readonly reports: Report[] = [];
  readonly warnings: string[] = [];
  platform!: ProcessPlatform;

  spec(spec: Partial<ProcessSpec> & { name: string }): ProcessSpec {
    return makeSpec(this.folder, spec);
  }

  /** One that is up when its file "up" is there. */
  checked(spec: Partial<ProcessSpec> & { name: string }): ProcessSpec {
    return this.spec({ probe: whileThere(join(this.folder, "up")), ...spec });
  }

  async open(specs: readonly ProcessSpec[], lastKnown: readonly LastKnown[] = []): Promise<this> {
    this.platform = new ProcessPlatform({
      hostName: "toys",
      instanceId: this.folder,
      stateFolder: join(this.folder, "state"),
      logFolder: join(this.folder, "logs"),
      specs,
      warn: (message) => this.warnings.push(message),
      killPatienceMs: 500,
    });
    onTestFinished(() => this.platform.close(5_000));
    await this.platform.open({ services: lastKnown, historyUntil: null }, (report) =>
      this.reports.push(report),
    );
    return this;
  }

  act(service: string, event: OperatorEvent): Promise<ActResult> {
    return this.platform.act(service, event, { actor: "anna", commandId: `c-${event}` });
  }

  observations(service: string): Observation[] {
    return this.reports.flatMap((report) =>
      report.tag === "observation" && report.service === service ? [report.observation] : [],
    );
  }

  /** "start>Starting", one for each move. */
  moves(service: string): string[] {
    return this.observations(service).map(({ event, state }) => `${event ?? "-"}>${state}`);
  }

  last(service: string): Observation {
    const last = this.observations(service).at(-1);
    if (last === undefined) throw new Error(`${service} was not seen yet`);
    return last;
  }

  detail(service: string): ServiceDetail | undefined {
    return this.reports
      .flatMap((report) => (report.tag === "detail" && report.service === service ? [report.detail] : []))
      .at(-1);
  }

  /** Waits until the service's newest state is this one (after `from` observations, if given). */
  async until(service: string, state: string, from = 0): Promise<Observation> {
    await eventually(
      () => {
        const seen = this.observations(service).slice(from);
        return seen.at(-1)?.state === state;
      },
      () => `${service} to be ${state}, but: ${this.moves(service).join(", ")}`,
    );
    return this.last(service);
  }

  pid(service: string): number {
    const pid = /^pid (\d+)$/.exec(this.detail(service)?.process.detail ?? "")?.[1];
    if (pid === undefined) throw new Error(`${service} has no process`);
    return Number(pid);
  }
}

export async function eventually(
  condition: () => boolean | Promise<boolean>,
  what: () => string = () => "the condition",
): Promise<void> {
  const until = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > until) throw new Error(`waited in vain for ${what()}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

/** A zombie, which waits for an init that is slow to collect it, lives no more. */
export function isAlive(pid: number): boolean {
  return readProcess(pid) !== null;
}
