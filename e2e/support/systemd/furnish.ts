import { randomBytes } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mustRun } from "./run";

const fixtureUnits = path.join(import.meta.dirname, "../../units");

export interface Furnishing {
  readonly name: string;
  /** Units beside those of e2e/units, by file name. They are there, not enabled. */
  readonly units?: Readonly<Record<string, string>>;
  /** Other files, by their path inside. */
  readonly files?: Readonly<Record<string, string>>;
  /** Folders of this machine, by their path inside: seen as they are, and written to without harm. */
  readonly copies?: Readonly<Record<string, string>>;
  /** Where journald keeps its entries; persistent, as on a server, unless told otherwise. */
  readonly journalStorage?: "persistent" | "volatile" | "none";
}

/**
 * Makes of a copy of this machine's disk one that is the same everywhere: nothing enabled that a
 * distribution or its owner enabled, no mounts, an empty journal, a machine id and a name of its own.
 */
export async function furnish(outside: (inside: string) => string, furnishing: Furnishing): Promise<void> {
  const units = outside("/etc/systemd/system");
  for (const folder of [units, outside("/var/log/journal")]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  for (const folder of readdirSync(outside("/etc")))
    if (/^rc[0-6S]\.d$/.test(folder)) rmSync(path.join(outside("/etc"), folder), { recursive: true });
  writeFileSync(outside("/etc/fstab"), "");
  // bash reads these for every command that comes over ssh, and its owner's may take seconds.
  for (const file of ["/root/.bashrc", "/root/.profile", "/etc/bash.bashrc"])
    rmSync(outside(file), { force: true });
  writeFileSync(outside("/etc/hostname"), `${furnishing.name}\n`);
  writeFileSync(outside("/etc/machine-id"), `${randomBytes(16).toString("hex")}\n`);
  mkdirSync(outside("/etc/systemd/journald.conf.d"), { recursive: true });
  writeFileSync(
    outside("/etc/systemd/journald.conf.d/test-host.conf"),
    `[Journal]\nStorage=${furnishing.journalStorage ?? "persistent"}\n`,
  );
  cpSync(fixtureUnits, units, { recursive: true, filter: (source) => !source.endsWith(".sh") });
  mkdirSync(outside("/srv/lab"), { recursive: true });
  cpSync(path.join(fixtureUnits, "notify.sh"), outside("/srv/lab/notify.sh"));
  for (const [file, text] of Object.entries(furnishing.units ?? {}))
    writeFileSync(path.join(units, file), text);
  for (const [file, text] of Object.entries(furnishing.files ?? {})) {
    mkdirSync(path.dirname(outside(file)), { recursive: true });
    writeFileSync(outside(file), text);
  }
  // A password that fits nothing: only the key of the run opens.
  const account = ["--create-home", "--shell", "/bin/sh", "--password", "*", "--groups", "systemd-journal"];
  await mustRun("chroot", outside("/"), "useradd", ...account, "watcher");
}
