import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { root } from "../e2e/support/signalbox";

type Said = { ports?: number[]; intervals?: number[]; tunnel?: number; said?: number; at?: number };

/** The many endpoints of `many-tunnels.mjs`, in a process of their own. */
export class Tunnels {
  readonly ports: readonly number[];
  readonly #child: ChildProcess;
  #heard: (said: Said) => void = () => {};

  private constructor(child: ChildProcess, ports: readonly number[]) {
    this.#child = child;
    this.ports = ports;
  }

  static async open(count: number): Promise<Tunnels> {
    const program = path.join(root, "bench", "many-tunnels.mjs");
    const child = spawn(process.execPath, [program, String(count)], { stdio: ["pipe", "pipe", "inherit"] });
    let tunnels: Tunnels | null = null;
    return new Promise((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const said = JSON.parse(line) as Said;
        if (tunnels) return tunnels.#heard(said);
        tunnels = new Tunnels(child, said.ports ?? []);
        resolve(tunnels);
      });
    });
  }

  /** From now on it says so; null: it takes questions and never answers. */
  set(tunnel: number, connections: number | null): void {
    this.#order({ tunnel, connections });
  }

  /** The same. @returns when an answer that says so has left, in ms since the epoch. */
  async say(tunnel: number, connections: number): Promise<number> {
    const said = this.#next((told) =>
      told.tunnel === tunnel && told.said === connections ? told.at : undefined,
    );
    this.set(tunnel, connections);
    return said;
  }

  /** The spans in ms between the questions to each that answers, since the last time. */
  async intervals(): Promise<number[]> {
    const told = this.#next(({ intervals }) => intervals);
    this.#order({ intervals: true });
    return told;
  }

  close(): void {
    this.#child.kill("SIGKILL");
  }

  #order(order: object): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  #next<T>(pick: (said: Said) => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      this.#heard = (said) => {
        const picked = pick(said);
        if (picked !== undefined) resolve(picked);
      };
    });
  }
}
