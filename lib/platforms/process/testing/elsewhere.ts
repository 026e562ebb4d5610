import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import type { OperatorEvent } from "../../../machine/types";
import { readProcess } from "../process-table";
import { eventually } from "./bench";

const program = `
  import { existsSync } from "node:fs";
  import { createInterface } from "node:readline";
  import { ProcessPlatform } from "./process-platform";
  const { folder, specs } = JSON.parse(process.argv[2]);
  const status = () => (existsSync(folder + "/up") ? "ok" : "failing");
  const probe = { check: async () => ({ status: status(), detail: "" }), everyMs: 20, timeoutMs: 5000, failures: 2 };
  const platform = new ProcessPlatform({
    hostName: "toys", instanceId: folder, stateFolder: folder + "/state", logFolder: folder + "/logs",
    killPatienceMs: 500,
    specs: specs.map((spec) => ({ ...spec, probe: spec.probed ? probe : null })),
  });
  const tell = (what) => process.stdout.write(JSON.stringify(what) + "\\n");
  await platform.open({ services: [], historyUntil: null }, tell);
  for await (const line of createInterface(process.stdin)) {
    const [service, event] = line.split(" ");
    tell(await platform.act(service, event, { actor: "anna", commandId: "c" }));
  }
`;

interface Elsewhere {
  readonly pid: number;
  /** All reports so far, a line of JSON each. */
  readonly told: () => string;
  readonly until: (condition: (told: string) => boolean) => Promise<void>;
  readonly act: (service: string, event: OperatorEvent) => void;
  readonly kill: () => Promise<void>;
}

/** Runs a platform in a process of its own, so that it can be killed or paused as a whole. */
export async function startElsewhere(
  folder: string,
  specs: readonly object[],
  user: { readonly uid?: number } = {},
): Promise<Elsewhere> {
  const outfile = join(folder, "elsewhere.mjs");
  await build({
    stdin: { contents: program, resolveDir: fileURLToPath(new URL("..", import.meta.url)) },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  const child = spawn(process.execPath, [outfile, JSON.stringify({ folder, specs })], {
    stdio: ["pipe", "pipe", "inherit"],
    ...user,
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
    endRecorded(join(folder, "state"));
  });
  let told = "";
  child.stdout.on("data", (chunk) => {
    told += chunk;
  });
  return {
    pid: child.pid ?? 0,
    told: () => told,
    until: (condition) =>
      eventually(
        () => condition(told),
        () => `a certain report, but: ${told}`,
      ),
    act: (service, event) => void child.stdin.write(`${service} ${event}\n`),
    kill: async () => {
      const exit = once(child, "exit");
      child.kill("SIGKILL");
      await exit;
    },
  };
}

/** Its services outlive it, as they are meant to: here nobody ends them at a next start. */
function endRecorded(state: string): void {
  for (const name of existsSync(state) ? readdirSync(state) : []) {
    if (!name.endsWith(".json")) continue;
    const { pid, startTime } = JSON.parse(readFileSync(join(state, name), "utf8"));
    if (readProcess(pid)?.startTime === startTime) process.kill(pid, "SIGKILL");
  }
}
