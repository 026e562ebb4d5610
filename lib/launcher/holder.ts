import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { isAlive } from "../is-alive";

/** Who uses a data folder: written there by every launcher that has it. */
export interface Holder {
  readonly pid: number;
  readonly address: string;
}

const cardIn = (dataFolder: string) => path.join(dataFolder, "signalbox.json");

/** Who used the folder last; null if nobody did, or it cannot be read. The process may have ended since. */
export async function readHolder(dataFolder: string): Promise<Holder | null> {
  try {
    const { pid, address } = JSON.parse(await readFile(cardIn(dataFolder), "utf8"));
    return Number.isInteger(pid) && typeof address === "string" ? { pid, address } : null;
  } catch {
    return null; // never used, or the writing was cut short: nobody can be named
  }
}

export async function writeHolder(dataFolder: string, holder: Holder): Promise<void> {
  await writeFile(cardIn(dataFolder), `${JSON.stringify(holder)}\n`, { mode: 0o600 });
}

/** Whether that process lives and is a launcher: after a boot its number may be any program's. */
export async function isSignalbox(pid: number): Promise<boolean> {
  if (pid === process.pid || !isAlive(pid)) return false;
  const command = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return /scripts\/(start|dev)\.mjs/.test(command);
}
