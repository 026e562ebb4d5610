import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundle } from "./bundle.mjs";
import { fingerprint } from "./fingerprint.mjs";
import { giveUp, root, say } from "./root.mjs";

const builds = path.join(root, ".build");

/**
 * Every state of the sources has a build folder of its own: building a new one never touches the
 * files that a running server serves.
 * @returns {Promise<string>} the folder, with `node/` and, if asked for, `next/` complete in it.
 */
export async function ensureBuilt({ web }) {
  const name = fingerprint();
  const folder = path.join(builds, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `used-by-${process.pid}`), "");
  if (!existsSync(path.join(folder, "node-complete"))) {
    await bundle(folder);
    writeFileSync(path.join(folder, "node-complete"), "");
  }
  if (web && !existsSync(path.join(folder, "next-complete"))) buildWeb(folder, name);
  if (web) removeUnused(name);
  return folder;
}

function buildWeb(folder, name) {
  say("Building; this takes a minute…");
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({
      extends: "../../tsconfig.json",
      include: ["../../**/*.ts", "../../**/*.tsx", "**/*.ts"],
    }),
  );
  const { status } = spawnSync(process.execPath, [nextBinary(), "build"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, NODE_ENV: "production", SIGNALBOX_BUILD: name, ...buildVariables(folder) },
  });
  if (status !== 0) giveUp("The build failed; the reason stands above.");
  writeFileSync(path.join(folder, "next-complete"), "");
}

/** What next.config.ts is told, at build and at run. */
export function buildVariables(folder) {
  return {
    SIGNALBOX_DIST: path.relative(root, path.join(folder, "next")),
    SIGNALBOX_TSCONFIG: path.relative(root, path.join(folder, "tsconfig.json")),
    NEXT_TELEMETRY_DISABLED: "1",
  };
}

export function nextBinary() {
  return path.join(root, "node_modules", "next", "dist", "bin", "next");
}

/** Old builds that no living process uses. A fresh one may still be under way: an hour is left to it. */
function removeUnused(current) {
  for (const name of readdirSync(builds)) {
    const folder = path.join(builds, name);
    const users = readdirSync(folder).filter((file) => file.startsWith("used-by-"));
    const used = users.some((file) => isAlive(Number(file.slice("used-by-".length))));
    const young = Date.now() - statSync(folder).mtimeMs < 3_600_000;
    if (name !== current && name !== "dev" && !used && !young)
      rmSync(folder, { recursive: true, force: true });
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
