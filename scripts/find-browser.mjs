import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { root, say } from "./root.mjs";

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/**
 * A Chromium for the end-to-end tests: the one named by SIGNALBOX_BROWSER, Playwright's own, the
 * system's; else it is installed, by Playwright or by Debian's packages.
 * @returns {Promise<{ path: string } | { why: string }>}
 */
export async function findBrowser() {
  const named = process.env.SIGNALBOX_BROWSER;
  if (named)
    return existsSync(named)
      ? { path: named }
      : { why: `SIGNALBOX_BROWSER names ${named}, which is not there` };
  const found = (await playwrightBrowser()) ?? systemBrowsers.find(existsSync);
  if (found) return { path: found };
  say("No browser found: installing one for the end-to-end tests…");
  const cli = path.join(root, "node_modules", "@playwright", "test", "cli.js");
  run(process.execPath, [cli, "install", "chromium"]);
  const downloaded = await playwrightBrowser();
  if (downloaded) return { path: downloaded };
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"]);
  }
  const installed = systemBrowsers.find(existsSync);
  return installed
    ? { path: installed }
    : { why: "no browser could be installed: install Chromium, or name one with SIGNALBOX_BROWSER" };
}

async function playwrightBrowser() {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

function run(command, argv) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(command, argv, {
    stdio: ["ignore", process.stderr, process.stderr],
    env,
    timeout: 600_000,
  });
}
