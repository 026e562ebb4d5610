import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { say } from "./root.mjs";

/** A real Prometheus, with the promtool that checks what it reads. */
const parts = [["/usr/bin/prometheus", "prometheus"]];

/**
 * Installs the Prometheus that the suites about `/metrics` scrape with, where this machine lacks it: as
 * root, by Debian's packages. Where it does not, those suites are skipped and say what is missing.
 */
export function ensureMonitoring() {
  const lacking = parts.filter(([file]) => !existsSync(file)).map(([, name]) => name);
  if (lacking.length === 0 || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return;
  if (existsSync("/run/systemd/system") && !process.env.CI) {
    // Installed here, it would run as a service from now on: that is for the owner of the machine to decide.
    say(`For tests with a real Prometheus: apt-get install ${lacking.join(" ")}`);
    return;
  }
  say(`Installing ${lacking.join(", ")} for tests of the metrics…`);
  const install = ["install", "--yes", "--no-install-recommends", ...lacking];
  if (!apt(install)) apt(["update"]) && apt(install);
  // The package makes a service of it, and starts that where systemd runs: only its programs are wanted.
  const now = existsSync("/run/systemd/system") ? ["--now"] : [];
  spawnSync("systemctl", ["--quiet", "disable", ...now, "prometheus.service"], { stdio: "ignore" });
}

function apt(argv) {
  const { status } = spawnSync("apt-get", ["-qq", ...argv], {
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return status === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureMonitoring();
