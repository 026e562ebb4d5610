import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { until } from "../processes";
import { mustRun } from "./run";

export const bootScript = path.join(import.meta.dirname, "boot.sh");

/** unshare repeats the signal by which the kernel ends a pid namespace: SIGHUP when it reboots. */
const rebooted = 128 + 1;

/**
 * The process that holds a test host's disk and network while systemd inside comes and goes. It dies
 * with us, whatever kills us, and takes everything with it.
 */
export class Keeper {
  readonly folder: string;
  readonly pid: number;
  private readonly child: ChildProcess;
  private running = false;

  private constructor(folder: string, child: ChildProcess, pid: number) {
    this.folder = folder;
    this.child = child;
    this.pid = pid;
  }

  /** Makes the disk; nothing has booted yet. @param onEnd called when systemd inside has ended. */
  static async hold(folder: string, onEnd: (how: "rebooted" | "off") => void): Promise<Keeper> {
    const spaces = ["unshare", "--mount", "--net", "sh", bootScript, "keep", folder];
    const child = spawn("setpriv", ["--pdeathsig", "KILL", "--", ...spaces], {
      // A Ctrl-C at the terminal is ours: to a systemd it would mean "reboot".
      detached: true,
      stdio: ["pipe", "pipe", "pipe"],
    });
    let said = "";
    child.stderr?.on("data", (words) => {
      said += words;
    });
    if (child.pid === undefined || !child.stdout) throw new Error("setpriv and unshare cannot be started");
    const keeper = new Keeper(folder, child, child.pid);
    const lines = createInterface({ input: child.stdout });
    const [first] = await Promise.race([once(lines, "line"), once(child, "exit")]);
    if (first !== "disk") throw new Error(`the disk of a test host could not be made: ${said.trim()}`);
    lines.on("line", (line) => {
      keeper.running = false;
      onEnd(line === `ended ${rebooted}` ? "rebooted" : "off");
    });
    return keeper;
  }

  /** The disk as the outside sees it, also while nothing runs. */
  outside(inside: string): string {
    return path.join("/proc", String(this.pid), "root", this.folder, "disk/root", inside);
  }

  /** Shows a folder of this machine inside; what is written there stays on the host's own disk. */
  async copy(folder: string, inside: string): Promise<void> {
    mkdirSync(this.outside(inside), { recursive: true });
    const layer = path.join(this.folder, "disk", `copy-${inside.replaceAll("/", "-")}`);
    const within = path.join("/proc", String(this.pid), "root");
    for (const part of ["upper", "work"]) mkdirSync(path.join(within, layer, part), { recursive: true });
    const layers = `lowerdir=${folder},upperdir=${layer}/upper,workdir=${layer}/work`;
    const target = path.join(this.folder, "disk/root", inside);
    const mount = ["mount", "-t", "overlay", "-o", layers, "signalbox-copy", target];
    await mustRun("nsenter", "-t", String(this.pid), "-m", ...mount);
  }

  get isUp(): boolean {
    return this.running;
  }

  /** Boots systemd, with a boot id of its own. @returns its pid as the outside sees it. */
  async boot(): Promise<number> {
    const file = path.join(this.folder, "pid");
    rmSync(file, { force: true });
    this.running = true;
    this.child.stdin?.write(`${randomUUID()}\n`);
    let pid = 0;
    await until(`systemd is PID 1 (${path.join(this.folder, "console")})`, () => {
      if (!this.running) throw new Error(`the boot failed:\n${this.console()}`);
      if (pid === 0 && existsSync(file)) pid = Number(readFileSync(file, "utf8"));
      // Before it has this name its root is still ours: nobody may enter then.
      return pid > 0 && readFileSync(`/proc/${pid}/comm`, "utf8") === "systemd\n";
    });
    return pid;
  }

  /** What was said before there was a journal. */
  console(): string {
    const file = path.join(this.folder, "console");
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  }

  /** Ends at once all that it holds. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }
}
