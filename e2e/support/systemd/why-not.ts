import { spawnSync } from "node:child_process";
import { accessSync, constants, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { bootScript } from "./keeper";
import { newFolder, removeGroups } from "./left-overs";

const needed = [
  ["systemd", "/lib/systemd/systemd"],
  ["systemd's journalctl", "/usr/bin/journalctl"],
  ["systemd-stdio-bridge", "/usr/bin/systemd-stdio-bridge"],
  ["dbus-daemon", "/usr/bin/dbus-daemon"],
  ["polkit", "/usr/bin/pkaction"],
  ["sshd", "/usr/sbin/sshd"],
  ["ssh", "/usr/bin/ssh"],
  ["ip of iproute2", "/usr/sbin/ip", "/usr/bin/ip", "/sbin/ip"],
  ["nsenter of util-linux", "/usr/bin/nsenter"],
  ["setpriv of util-linux", "/usr/bin/setpriv"],
] as const;

let answer: string | null | undefined;

/** Why no real systemd can be booted on this machine, in words; null when it can. Asks once. */
export function whyNot(): string | null {
  answer ??= missing() ?? refusal();
  return answer;
}

function missing(): string | null {
  if (process.platform !== "linux") return "only Linux has the namespaces that a test host is made of";
  if (process.getuid?.() !== 0) return "only root may boot a test host";
  for (const [name, ...places] of needed)
    if (!places.some(isExecutable)) return `${name} is not installed (node scripts/install-test-peers.mjs)`;
  return null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The machine's own words when it does not allow namespaces, an overlay or a cgroup. */
function refusal(): string | null {
  const folder = newFolder();
  mkdirSync(path.join(folder, "disk"));
  const spaces = ["--pid", "--fork", "--mount", "--uts", "--ipc", "--net", "--kill-child"];
  const tried = spawnSync("unshare", [...spaces, "sh", bootScript, "try", folder], {
    encoding: "utf8",
    timeout: 30_000,
  });
  removeGroups(path.basename(folder));
  rmSync(folder, { recursive: true });
  if (tried.status === 0) return null;
  const words = tried.stderr?.trim().split("\n").at(-1) || tried.error?.message;
  return `this machine does not allow it: ${words ?? `the attempt ended with ${tried.status}`}`;
}
