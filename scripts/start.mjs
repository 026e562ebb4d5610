import "./require-node.mjs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { root } from "./root.mjs";

ensureInstalled();
const { buildVariables, ensureBuilt, nextBinary } = await import("./build-steps.mjs");
const folder = await ensureBuilt({ web: true });
const { launch } = await import(pathToFileURL(path.join(folder, "node", "launcher.mjs")).href);
await launch({
  root,
  engine: path.join(folder, "node", "engine.mjs"),
  build: path.basename(folder),
  web: {
    argv: [process.execPath, nextBinary(), "start"],
    env: { NODE_ENV: "production", ...buildVariables(folder) },
  },
});
