import { type ChildProcess, spawn } from "node:child_process";

/** A shell on a test host that waits for commands: what is measured of a command is the command. */
export class HostShell {
  readonly #child: ChildProcess;

  constructor(hostPid: number) {
    this.#child = spawn("nsenter", ["-t", String(hostPid), "-a", "--", "sh"], {
      stdio: ["pipe", "ignore", "inherit"],
    });
  }

  /** Begins the command; it is not waited for. */
  say(command: string): void {
    this.#child.stdin?.write(`${command}\n`);
  }

  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin?.end();
    await gone;
  }
}
