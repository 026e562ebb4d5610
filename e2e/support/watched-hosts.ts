import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Api } from "./api";
import { startAgain } from "./back-again";
import { killAll, until } from "./processes";
import { Signalbox } from "./signalbox";
import { SystemdHost } from "./systemd-host";

/** How long each life of a looping unit is; the settle time of 1 s lies between them. */
export const lives = ["0.4", "1.5", "2.4"] as const;
/** Instances of a template, a service each. */
export const loops = lives.map((seconds) => `sb-loop@${seconds}`);

/** Names that a shell or an option parser would take for something else. */
export const oddNames = ["-x", "odd\\x3btouch\\x20\\x2fsrv\\x2flab\\x2fexecuted"] as const;

const loop = `[Unit]
Description=Crashes after %i s and is started again, for ever
StartLimitIntervalSec=0
[Service]
Restart=always
RestartSec=400ms
ExecStart=/bin/sh -c 'sleep %i; exit 3'
`;

/** Two real hosts and two that are out of reach for good, and a Signalbox that watches them. */
export interface WatchedHosts {
  readonly signalbox: Signalbox;
  /** By its bus, and a prefix for commands. */
  readonly near: SystemdHost;
  /** Over ssh alone. */
  readonly far: SystemdHost;
  remove(): Promise<void>;
}

export async function watchHosts(): Promise<WatchedHosts> {
  const [near, far] = await Promise.all([
    SystemdHost.boot({ name: "near", units: { "sb-loop@.service": loop } }),
    SystemdHost.boot({ name: "far", ssh: true }),
  ]);
  const folder = mkdtempSync(path.join(os.tmpdir(), "sb-mute-"));
  const mute = path.join(folder, "mute");
  writeFileSync(mute, "#!/bin/sh\nexec sleep 1000\n", { mode: 0o755 });
  const halt = async () => {
    await Promise.all([near.halt(), far.halt()]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    // Found by its pattern when Signalbox looks for the first time.
    await near.systemctl("start", "sb-oneshot-rae.service");
    const signalbox = await Signalbox.start(configOf(near, far, mute));
    const remove = async () => {
      await signalbox.remove();
      await halt();
    };
    return { signalbox, near, far, remove };
  } catch (error) {
    await halt();
    throw error;
  }
}

/**
 * `kill -9` of all of Signalbox; it is started again once these units, crashed from outside and by
 * themselves, have fallen more than five times unseen.
 */
export async function killWhile({ signalbox, near }: WatchedHosts, units: readonly string[]): Promise<Api> {
  const failures = async () => (await near.journal("_PID=1", "--grep=Failed with result")).length;
  if (killAll(signalbox.data) < 4) throw new Error("not all of Signalbox was there to be killed");
  const seen = await failures();
  await near.systemctl("kill", "--signal=SEGV", ...units);
  await until("they crash unseen", async () => (await failures()) > seen + 5);
  await startAgain(signalbox);
  return signalbox.api();
}

/** @param mute a program that never says a word. */
function configOf(near: SystemdHost, far: SystemdHost, mute: string): string {
  const named = ["simple", "stopfail", "crash-norestart", "absent"].map(
    (name) => `  - { host: near, unit: sb-${name}.service, name: ${name} }`,
  );
  const looping = loops.map((name) => `  - { host: near, unit: "${name}.service" }`);
  const odd = oddNames.map((name) => `  - { host: far, unit: ${JSON.stringify(`${name}.service`)} }`);
  const [ssh = "", ...words] = far.sshCommand;
  return `
hosts:
  near: { bus: "${near.busAddress}", via: ${JSON.stringify(near.via)} }
  far: { via: ${JSON.stringify(far.sshCommand)} }
  barred: { via: ${JSON.stringify([ssh, "-l", "nobody", ...words])} }
  mute: { via: ["${mute}"] }
services:
${named.join("\n")}
${looping.join("\n")}
${odd.join("\n")}
  - { host: far, unit: sb-simple.service, name: simple }
  - { host: far, unit: sb-crash-norestart.service, name: crash }
  - { host: barred, unit: sb-simple.service, name: behind-a-door }
  - { host: mute, unit: sb-simple.service, name: behind-silence }
discover:
  - { host: near, units: ["sb-*.service"], except: ["sb-private*"] }
`;
}
