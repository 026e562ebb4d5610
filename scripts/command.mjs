import "./require-node.mjs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ensureInstalled } from "./install.mjs";
import { root } from "./root.mjs";

// The commands beside `npm start`: their standard output is theirs alone.
const [name, ...argv] = process.argv.slice(2);
ensureInstalled();
const { ensureBuilt } = await import("./build-steps.mjs");
const folder = await ensureBuilt({ web: false });
const { main } = await import(pathToFileURL(path.join(folder, "node", `${name}.mjs`)).href);
process.exitCode = await main(argv, {
  root,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
});
