import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { say } from "./root.mjs";

const program = "/usr/bin/prometheus-alertmanager";
const policy = "/usr/sbin/policy-rc.d";

/**
 * Installs the real Alertmanager that a suite tells of alerts, where this machine lacks it: as root, by
 * Debian's package, without starting it as a service. Where it does not, that suite is skipped and says
 * what is missing.
 */
export function ensureAlertmanager() {
  if (existsSync(program) || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  if (existsSync("/run/systemd/system") && !process.env.CI) {
    // Installed here, it would run as a service from now on: that is for the owner of the machine to decide.
    say("For tests with a real Alertmanager: apt-get install prometheus-alertmanager");
    return;
  }
  say("Installing prometheus-alertmanager for tests of notifications…");
  const install = ["install", "--yes", "--no-install-recommends", "prometheus-alertmanager"];
  withoutServices(() => apt(install) || (apt(["update"]) && apt(install)));
  // The systemd hosts that tests boot have this machine's units: it is not to run on them either.
  spawnSync("systemctl", ["--quiet", "disable", "prometheus-alertmanager.service"], { stdio: "ignore" });
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

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureAlertmanager();
