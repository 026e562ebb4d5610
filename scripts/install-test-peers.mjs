import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { say } from "./root.mjs";

/** The real things that tests speak with: the program, and the Debian package that brings it. */
const peers = [
  ["/lib/systemd/systemd", "systemd"],
  ["/usr/bin/dbus-daemon", "dbus"],
  ["/usr/bin/pkaction", "polkitd"],
  ["/usr/sbin/sshd", "openssh-server"],
  ["/usr/bin/ssh", "openssh-client"],
  ["/usr/sbin/ip", "iproute2"],
  ["/usr/bin/setpriv", "util-linux"],
  ["/usr/bin/prometheus", "prometheus"],
  ["/usr/bin/prometheus-alertmanager", "prometheus-alertmanager"],
];
/** Their packages make services of these; tests start the programs by themselves. */
const notServices = ["prometheus.service", "prometheus-alertmanager.service"];
const policy = "/usr/sbin/policy-rc.d";

/**
 * Installs what tests speak with and this machine lacks: as root, by Debian's packages. Where it does
 * not, the suites concerned are skipped and say what is missing.
 */
export function ensureTestPeers() {
  const lacking = peers.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (lacking.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  if (existsSync("/run/systemd/system") && !process.env.CI) {
    // Installed here, they would run as services from now on: that is for the owner of the machine to decide.
    say(`For tests with real hosts and servers: apt-get install ${lacking.join(" ")}`);
    return;
  }
  say(`Installing ${lacking.join(", ")} for tests…`);
  const install = ["install", "--yes", "--no-install-recommends", ...lacking];
  withoutServices(() => apt(install) || (apt(["update"]) && apt(install)));
  // The systemd hosts that tests boot have this machine's units: they are not to run there either.
  spawnSync("systemctl", ["--quiet", "disable", ...notServices], { stdio: "ignore" });
}

/** Debian's own way to say that what is installed is not to be started (invoke-rc.d(8)). */
function withoutServices(action) {
  const ours = !existsSync(policy);
  if (ours) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    action();
  } finally {
    if (ours) rmSync(policy);
  }
}

function apt(argv) {
  const { status } = spawnSync("apt-get", ["-qq", ...argv], {
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureTestPeers();
