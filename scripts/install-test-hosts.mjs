import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { say } from "./root.mjs";

/** What a test host is made of, and the Debian package that brings it. */
const parts = [
  ["/lib/systemd/systemd", "systemd"],
  ["/usr/bin/dbus-daemon", "dbus"],
  ["/usr/bin/pkaction", "polkitd"],
  ["/usr/sbin/sshd", "openssh-server"],
  ["/usr/bin/ssh", "openssh-client"],
  ["/usr/sbin/ip", "iproute2"],
  ["/usr/bin/setpriv", "util-linux"],
];

/**
 * Installs what the suites on real systemd hosts need and this machine lacks: as root, by Debian's
 * packages. Where it does not, those suites are skipped and say what is missing.
 */
export function ensureTestHosts() {
  const lacking = parts.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (lacking.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  if (existsSync("/run/systemd/system") && !process.env.CI) {
    // Installed here, sshd would run from now on: that is for the owner of the machine to decide.
    say(`For tests on real systemd hosts: apt-get install ${lacking.join(" ")}`);
    return;
  }
  say(`Installing ${lacking.join(", ")} for tests on real systemd hosts…`);
  const install = ["install", "--yes", "--no-install-recommends", ...lacking];
  if (!apt(install)) apt(["update"]) && apt(install);
}

function apt(argv) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status } = spawnSync("apt-get", ["-qq", ...argv], {
    stdio: ["ignore", process.stderr, process.stderr],
    env,
  });
  return status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureTestHosts();
