import "./require-node.mjs";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ensureInstalled } from "./install.mjs";
import { ensureTestPeers } from "./install-test-peers.mjs";
import { root, say } from "./root.mjs";

// Everything, in the order in which it is cheapest to be told. `npm test -- unit` runs one part.
ensureInstalled();
const { findBrowser } = await import("./find-browser.mjs");
const { ensureBuilt } = await import("./build-steps.mjs");
const reports = mkdtempSync(path.join(os.tmpdir(), "signalbox-tests-"));
const total = { passed: 0, failed: 0, skipped: 0 };
const skippedBecause = [];
const binary = (name) => path.join(root, "node_modules", ".bin", name);

/** Runs a program to its end; its output is shown as it comes. */
function run(command, argv, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, argv, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

/** A check that holds or does not: counts as one test. */
async function check(name, command, argv) {
  say(`\n── ${name}`);
  const held = await run(command, argv);
  total[held ? "passed" : "failed"] += 1;
}

async function unit() {
  say("\n── unit and integration tests");
  ensureTestPeers();
  await vitest("vitest.json", [], {});
}

/** What speaks to the database once more, on a server that is not the embedded one. */
async function foreign() {
  say("\n── database and engine on a foreign PostgreSQL");
  const folder = process.env.SIGNALBOX_TEST_POSTGRES ?? "/usr/lib/postgresql/15/bin";
  if (!existsSync(path.join(folder, "initdb")))
    return skip("database and engine on a foreign PostgreSQL", `there is no PostgreSQL in ${folder}`);
  const suites = ["db/", "lib/engine/", "--exclude", "db/embedded/**"];
  await vitest("vitest-foreign.json", suites, { SIGNALBOX_TEST_POSTGRES: folder });
}

async function vitest(name, argv, env) {
  const file = path.join(reports, name);
  const held = await run(
    binary("vitest"),
    ["run", ...argv, "--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
    env,
  );
  const report = readReport(file);
  if (!report) return failOnce();
  total.passed += report.numPassedTests;
  total.failed += report.numFailedTests;
  // A file that cannot even be loaded has no failed test in it.
  if (!held && report.numFailedTests === 0) total.failed += 1;
  for (const suite of report.testResults)
    for (const test of suite.assertionResults)
      if (test.status !== "passed" && test.status !== "failed")
        skip(test.fullName, test.meta?.skipped ?? "switched off on this machine");
}

async function browser() {
  say("\n── end to end, in a real browser");
  const found = await findBrowser();
  if (found.why) {
    // A browser is part of what the product is tested with: without one the run has failed.
    say(found.why);
    return failOnce();
  }
  ensureTestPeers();
  await ensureBuilt({ web: true });
  const file = path.join(reports, "playwright.json");
  const held = await run(binary("playwright"), ["test"], {
    SIGNALBOX_BROWSER: found.path,
    PLAYWRIGHT_JSON_OUTPUT_NAME: file,
  });
  const report = readReport(file);
  if (!report) return failOnce();
  total.passed += report.stats.expected;
  total.failed += report.stats.unexpected + report.stats.flaky;
  if (!held && report.stats.unexpected + report.stats.flaky === 0) total.failed += 1;
  for (const spec of report.suites.flatMap(specsOf))
    for (const test of spec.tests.filter(({ status }) => status === "skipped"))
      skip(
        spec.title,
        test.annotations.find(({ type }) => type === "skip")?.description ?? "no reason was given",
      );
}

function specsOf(suite) {
  return [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)];
}

function failOnce() {
  total.failed += 1;
}

function skip(name, why) {
  total.skipped += 1;
  skippedBecause.push(`skipped: ${name}: ${why}`);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    say(`no report was written: ${error.message}`);
    return null;
  }
}

const parts = {
  lint: () => check("lint and boundaries", binary("biome"), ["check", "."]),
  types: async () => {
    await check("routes are typed", binary("next"), ["typegen"]);
    await check("types", binary("tsc"), ["--noEmit"]);
  },
  unused: () => check("unused code", binary("knip"), []),
  unit,
  foreign,
  browser,
};

const asked = process.argv.slice(2);
for (const name of asked)
  if (!(name in parts)) say(`There is no part ${name}: ${Object.keys(parts).join(", ")}.`);
for (const [name, part] of Object.entries(parts))
  if (asked.length === 0 || asked.includes(name)) await part();
rmSync(reports, { recursive: true, force: true });
for (const line of skippedBecause) process.stdout.write(`${line}\n`);
process.stdout.write(`tests: ${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
