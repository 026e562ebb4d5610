import "./require-node.mjs";
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { giveUp, root } from "./root.mjs";

// Measures the real thing: a built Signalbox, a real browser, the embedded database.
ensureInstalled();
const { build } = await import("esbuild");
const { ensureBuilt } = await import("./build-steps.mjs");
const { findBrowser } = await import("./find-browser.mjs");
const folder = await ensureBuilt({ web: true });
const found = await findBrowser();
if (found.why) giveUp(found.why);
const file = path.join(folder, "bench.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["bench/main.ts"],
  outfile: file,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  plugins: [{ name: "own-places", setup: keepPlaces }],
});
/** Each source goes on knowing where it lies, bundled or not. */
function keepPlaces(builder) {
  builder.onLoad({ filter: /\.ts$/ }, ({ path: source }) => ({
    contents: readFileSync(source, "utf8")
      .replaceAll("import.meta.url", JSON.stringify(pathToFileURL(source).href))
      .replaceAll("import.meta.dirname", JSON.stringify(path.dirname(source))),
    loader: "ts",
  }));
}

const child = spawn(process.execPath, [file, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    SIGNALBOX_BROWSER: found.path,
    SIGNALBOX_ENGINE: path.join(folder, "node", "engine.mjs"),
  },
});
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
