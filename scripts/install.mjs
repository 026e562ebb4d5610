import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { mendDriver } from "./mend-driver.mjs";
import { giveUp, root, say } from "./root.mjs";

/** Installs what the lock file names, if it is not there yet, and mends what is faulty in it. */
export function ensureInstalled() {
  install();
  mendDriver();
}

/** Packages of the build are wanted in production too. */
function install() {
  const lock = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  const modules = path.join(root, "node_modules");
  const stamp = path.join(modules, ".signalbox-installed");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  say("Installing packages; the first time this takes a minute or two…");
  // Not `npm ci`: it removes what a running server serves from, and it refuses a lock file in which
  // packages for other systems are missing. `--no-save` leaves package.json and the lock as they are.
  const argv = ["install", "--no-save", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", [...argv, "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, NODE_ENV: "development" },
  });
  if (status !== 0) giveUp("The packages could not be installed; npm's own words stand above.");
  writeFileSync(stamp, lock);
}
