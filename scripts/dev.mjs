import "./require-node.mjs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { root, say } from "./root.mjs";

ensureInstalled();
const { context } = await import("esbuild");
const { bundle, bundleOptions } = await import("./bundle.mjs");
const { nextBinary } = await import("./build-steps.mjs");
const folder = path.join(root, ".build", "dev");
await bundle(folder);
const { launch } = await import(pathToFileURL(path.join(folder, "node", "launcher.mjs")).href);
const running = await launch({
  root,
  engine: path.join(folder, "node", "engine.mjs"),
  build: "dev",
  web: {
    argv: [process.execPath, nextBinary(), "dev"],
    env: { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
  },
});

// Next reloads pages by itself; the engine is restarted when one of its files was edited.
let first = true;
const watcher = await context({
  ...bundleOptions(folder),
  plugins: [
    {
      name: "restart-engine",
      setup(build) {
        build.onEnd((result) => {
          if (!first && result.errors.length === 0) {
            say("The engine's code changed: restarting it.");
            running.restartEngine();
          }
          first = false;
        });
      },
    },
  ],
});
await watcher.watch();
