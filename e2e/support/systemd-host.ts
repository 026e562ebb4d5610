import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { kill, until } from "./processes";
import { type Furnishing, furnish } from "./systemd/furnish";
import { Keeper } from "./systemd/keeper";
import { newFolder, removeTrace, sweep } from "./systemd/left-overs";
import { Line } from "./systemd/line";
import { type Ran, run } from "./systemd/run";
import { type HostUser, SshAccess } from "./systemd/ssh-access";
import { whyNot } from "./systemd/why-not";

export interface HostPlan extends Furnishing {
  /** With a network line to this machine and OpenSSH's server at its end. */
  readonly ssh?: boolean;
}

/**
 * A machine of its own for tests: real systemd as PID 1 in namespaces, with journald, D-Bus, logind and
 * polkit, on a throw-away copy of this machine's disk. Several run side by side; none outlives us.
 */
export class SystemdHost {
  readonly name: string;
  private readonly folder: string;
  private keeper: Keeper | null = null;
  private line: Line | null = null;
  private access: SshAccess | null = null;
  private systemdPid = 0;
  private booting: Promise<void> = Promise.resolve();

  private constructor(name: string, folder: string) {
    this.name = name;
    this.folder = folder;
  }

  /** Why none can be booted here, in words; null when it can. */
  static whyNot(): string | null {
    return whyNot();
  }

  /** Resolves when multi-user.target is reached, and the host answers over ssh if it is to. */
  static async boot(plan: HostPlan): Promise<SystemdHost> {
    await sweep();
    const folder = newFolder();
    const host = new SystemdHost(plan.name, folder);
    try {
      mkdirSync(path.join(folder, "disk"));
      const keeper = await Keeper.hold(folder, (how) => host.ended(how));
      host.keeper = keeper;
      const outside = (inside: string) => keeper.outside(inside);
      await furnish(outside, plan);
      for (const [inside, original] of Object.entries(plan.copies ?? {})) await keeper.copy(original, inside);
      if (plan.ssh) {
        host.line = await Line.lay(keeper.pid);
        const { address } = host.line;
        host.access = await SshAccess.prepare(folder, { name: plan.name, address }, outside);
      }
      await host.powerOn();
      return host;
    } catch (error) {
      await host.halt();
      throw error;
    }
  }

  /** PID 1 as this machine sees it; another one after each boot. */
  get pid(): number {
    return this.systemdPid;
  }

  /** For `bus:` in a configuration. The address stays over reboots. */
  get busAddress(): string {
    return `unix:path=${path.join(this.folder, "bus")}`;
  }

  /** For `via:` in a configuration: runs a command inside as root, without ssh. It stays over reboots. */
  get via(): string[] {
    return [path.join(this.folder, "enter")];
  }

  /** For `via:` in a configuration: the ssh command of this run, as root. */
  get sshCommand(): string[] {
    return this.sshCommandAs("root");
  }

  /** The same as a user without rights: of the group systemd-journal, and what polkit's rules allow. */
  sshCommandAs(user: HostUser): string[] {
    return this.sshAccess.command(user);
  }

  /** The key of this run, as a line for authorized_keys. */
  get publicKey(): string {
    return this.sshAccess.publicKey;
  }

  private get sshAccess(): SshAccess {
    if (!this.access) throw new Error(`${this.name} was booted without ssh`);
    return this.access;
  }

  /** Its boot id as the journal writes it: 32 hexadecimal digits. */
  get bootId(): string {
    return readFileSync(this.outside("/proc/sys/kernel/random/boot_id"), "utf8").trim().replaceAll("-", "");
  }

  /** Where a file of the running host lies for this machine. */
  outside(inside: string): string {
    return path.join("/proc", String(this.systemdPid), "root", inside);
  }

  run(...argv: string[]): Promise<Ran> {
    return run([...this.via, ...argv]);
  }

  systemctl(...argv: string[]): Promise<Ran> {
    return this.run("systemctl", ...argv);
  }

  /** Writes a unit file and has systemd read it. */
  async writeUnit(name: string, text: string): Promise<void> {
    writeFileSync(path.join(this.outside("/etc/systemd/system"), name), text);
    await this.systemctl("daemon-reload");
  }

  /** Entries of its journal, oldest first. @param argv what journalctl is to select. */
  async journal(...argv: string[]): Promise<Record<string, unknown>[]> {
    const { stdout } = await this.run("journalctl", "--output=json", "--all", "--no-pager", ...argv);
    return stdout
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));
  }

  /** In order, as an operator does it; resolves when it is up again, with the same disk and another boot id. */
  async reboot(): Promise<void> {
    const before = this.systemdPid;
    await this.systemctl("reboot");
    await until(`${this.name} reboots`, () => this.systemdPid !== before, 120_000);
    await this.booting;
  }

  /** Pulls the plug: nothing inside is told. */
  async powerOff(): Promise<void> {
    if (!this.keeper?.isUp) return;
    kill(this.systemdPid, "SIGKILL");
    await until(`${this.name} is off`, () => !this.keeper?.isUp);
  }

  async powerOn(): Promise<void> {
    this.booting = this.start();
    await this.booting;
  }

  /** The network line goes down: packets are lost, nobody is told. */
  async cut(): Promise<void> {
    await this.line?.cut();
  }

  async mend(): Promise<void> {
    await this.line?.mend();
  }

  /** Ends everything, at once and without a trace. */
  async halt(): Promise<void> {
    const { keeper, line } = this;
    this.keeper = null;
    await line?.remove();
    await keeper?.end();
    await removeTrace(this.folder);
  }

  private ended(how: "rebooted" | "off"): void {
    if (this.keeper === null || how === "off") return;
    this.booting = this.start();
    // Whoever waits for the reboot is told; without one it is nobody's error.
    this.booting.catch(() => undefined);
  }

  private async start(): Promise<void> {
    const { keeper } = this;
    if (!keeper) throw new Error(`${this.name} was halted`);
    const pid = await keeper.boot();
    const bus = path.join(this.folder, "bus");
    rmSync(bus, { force: true });
    symlinkSync(`/proc/${pid}/root/run/dbus/system_bus_socket`, bus);
    writeFileSync(path.join(this.folder, "enter"), `#!/bin/sh\nexec nsenter -t ${pid} -a -- "$@"\n`, {
      mode: 0o755,
    });
    this.systemdPid = pid;
    let lacking: string | null = null;
    const isUp = async () => {
      lacking = await this.lacking();
      return lacking === null;
    };
    await until(`${this.name} is up`, isUp, 90_000).catch((error: Error) => {
      throw new Error(`${error.message}; ${lacking}`, { cause: error });
    });
  }

  /** What it still lacks to be up, in the words of who says so. */
  private async lacking(): Promise<string | null> {
    if (!existsSync(this.outside("/run/dbus/system_bus_socket"))) return "it has no bus yet";
    await this.systemctl("is-system-running", "--wait");
    const target = await this.systemctl("is-active", "multi-user.target");
    if (target.code !== 0) return `multi-user.target: ${target.stderr || target.stdout}`;
    if (this.access === null) return null;
    const { code, stderr } = await run([...this.sshCommand, "true"]);
    if (code === 0) return null;
    return `${stderr}${(await this.systemctl("status", "--no-pager", "ssh.service")).stdout}`;
  }
}
