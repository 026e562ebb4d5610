import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { expect, it } from "vitest";
import { until } from "../processes";
import { SystemdHost } from "../systemd-host";
import { describeOnHosts } from "./describe-on-hosts";
import { sweep } from "./left-overs";
import { mustRun } from "./run";

const nothing = { processes: [], mounts: [], links: [], folders: [], groups: [] };

/** The host's name for the machine, and the device of its line to it. */
async function markOf(host: SystemdHost): Promise<{ name: string; port: string }> {
  const name = path.basename(path.dirname(host.via[0] ?? ""));
  const settings = await mustRun("ssh", "-G", ...host.sshCommand.slice(1));
  const address = /^hostname (.+)$/m.exec(settings)?.[1] ?? "";
  const route = await mustRun("ip", "route", "get", address);
  return { name, port: / dev (\S+)/.exec(route)?.[1] ?? "" };
}

/** All that this machine holds of a test host. */
async function tracesOf({ name, port }: { name: string; port: string }) {
  const group = (line: string) => line.split(" ")[4] ?? "";
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").split("\n");
  const hierarchies = mounts.filter((line) => / - cgroup2? /.test(line)).map(group);
  const links = (await mustRun("ip", "-o", "link")).split("\n");
  return {
    processes: readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && isOf(pid, name)),
    mounts: mounts.filter((line) => line.includes(name)),
    links: links.filter((line) => line.includes(`${port}@`)),
    folders: readdirSync(os.tmpdir()).filter((folder) => folder === name),
    groups: hierarchies.filter((hierarchy) => readdirSync(hierarchy).includes(name)),
  };
}

/** A process that has ended and waits for its parent has no words any more. */
function isOf(pid: string, name: string): boolean {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    const groups = readFileSync(`/proc/${pid}/cgroup`, "utf8");
    return words !== "" && (words.includes(name) || groups.includes(name));
  } catch {
    return false; // it ended while we looked
  }
}

describeOnHosts("what a test host leaves", () => {
  it("is nothing after a halt", async () => {
    const host = await SystemdHost.boot({ name: "brief", ssh: true });
    const mark = await markOf(host);
    const during = await tracesOf(mark);
    expect(during.processes.length).toBeGreaterThan(5);
    expect(during).toMatchObject({ mounts: [], folders: [mark.name], links: [expect.any(String)] });
    await host.halt();
    expect(await tracesOf(mark)).toEqual(nothing);
  }, 120_000);

  it("is nothing when its run was killed: all ends with it, and the next run removes the folder", async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "signalbox-killed-run-"));
    const program = path.join(folder, "run.mjs");
    const source = `import { SystemdHost } from "../systemd-host";
      const { folder, sshCommand } = await SystemdHost.boot({ name: "orphan", ssh: true });
      console.log(JSON.stringify({ via: [folder + "/enter"], sshCommand }));
      setInterval(() => undefined, 1000);`;
    await build({
      stdin: { contents: source, resolveDir: import.meta.dirname },
      define: { "import.meta.dirname": JSON.stringify(import.meta.dirname) },
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: program,
      logLevel: "error",
    });
    const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const mark = await markOf(JSON.parse(line));
    expect((await tracesOf(mark)).processes.length).toBeGreaterThan(5);
    child.kill("SIGKILL");
    await until("its processes and its line are gone", async () => {
      const { processes, links } = await tracesOf(mark);
      return processes.length === 0 && links.length === 0;
    });
    await sweep();
    expect(await tracesOf(mark)).toEqual(nothing);
    rmSync(folder, { recursive: true });
  }, 120_000);
});
