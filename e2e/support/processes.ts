import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What the process table says of one process. */
export interface Found {
  readonly pid: number;
  readonly command: string;
  readonly environment: string;
}

/** Every process of this machine that this user may look into. */
export function processes(): Found[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        const environment = readFileSync(`/proc/${name}/environ`, "utf8");
        return command === "" ? [] : [{ pid: Number(name), command, environment }];
      } catch {
        return []; // it ended while we looked, or is not ours to see
      }
    });
}

/** The processes of one Signalbox: launcher, engine, web, database. */
export function partsOf(data: string): Found[] {
  return processes().filter(
    ({ environment, command }) =>
      environment.includes(`SIGNALBOX_DATA=${data}`) || command.includes(`-D ${data}`),
  );
}

/**
 * The children that it supervises, by the mark each carries.
 * @param sign a Signalbox's own: another one may have services of the same names.
 */
export function childrenNamed(name: string, sign: string): Found[] {
  return processes().filter(({ environment }) => {
    const lines = environment.split("\0");
    const isNamed = lines.some((line) => line.startsWith("SIGNALBOX_SERVICE=") && line.endsWith(name));
    return isNamed && lines.includes(sign);
  });
}

/**
 * The pids of each service's processes by the start they belong to.
 * @param sign a line of their environment: another Signalbox may have services of the same names.
 */
export function livesOf(names: readonly string[], sign: string): Map<string, Map<string, number[]>> {
  const wanted = new Map(names.map((name) => [name, new Map<string, number[]>()]));
  for (const { pid, environment } of processes().filter((found) => found.environment.includes(sign))) {
    const variables = new Map(
      environment.split("\0").map((line) => {
        const cut = line.indexOf("=");
        return [line.slice(0, cut), line.slice(cut + 1)] as const;
      }),
    );
    const mark = variables.get("SIGNALBOX_SERVICE");
    const lives = mark && wanted.get(mark.slice(mark.indexOf(":") + 1));
    if (!lives) continue;
    const invocation = variables.get("SIGNALBOX_INVOCATION") ?? "";
    lives.set(invocation, [...(lives.get(invocation) ?? []), pid]);
  }
  return wanted;
}

/** The pids of these processes, and of all that they and theirs have started. */
export function withDescendants(found: readonly Found[]): number[] {
  const all = new Set(found.map(({ pid }) => pid));
  const living = processes().map(({ pid }) => ({ pid, parent: parentOf(pid) }));
  for (let before = 0; before < all.size; ) {
    before = all.size;
    for (const { pid, parent } of living) if (all.has(parent)) all.add(pid);
  }
  return [...all];
}

export function parentOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return 0; // it ended while we looked
  }
}

/** Whether it stands still by SIGSTOP, with all of its threads. */
export function isPaused(pid: number): boolean {
  return readdirSync(`/proc/${pid}/task`).every((thread) => {
    const text = readFileSync(`/proc/${pid}/task/${thread}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).startsWith("T");
  });
}

/** `kill -9` of every part of a Signalbox; its supervised children stay. */
export function killAll(data: string): number {
  const parts = partsOf(data);
  for (const { pid } of parts) kill(pid, "SIGKILL");
  return parts.length;
}

/** Ends what a test may have left. */
export async function endGroupOf(data: string): Promise<void> {
  for (const { pid } of partsOf(data)) kill(pid, "SIGKILL");
  await sleep(100);
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Asks until `holds` is true. @throws Error naming `what` after `withinMs`. */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  withinMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > deadline) {
      const words = typeof what === "string" ? what : what();
      throw new Error(`not within ${withinMs / 1000} s: ${words}`);
    }
    await sleep(50);
  }
}

/**
 * Who runs twice. A scan of the process table is no single moment: only who is found again is there.
 * @param apartMs until the second look; what a life leaves behind may take so long to be ended.
 */
export async function twoLivesAtOnce(
  names: readonly string[],
  sign: string,
  apartMs = 1_500,
): Promise<string[]> {
  const twice = () => [...livesOf(names, sign)].filter(([, lives]) => lives.size > 1);
  const suspects = new Map(twice());
  if (suspects.size === 0) return [];
  await sleep(apartMs);
  return twice()
    .filter(([name, lives]) => [...lives.keys()].filter((life) => suspects.get(name)?.has(life)).length > 1)
    .map(([name]) => name);
}
