import "./require-node.mjs";
import { ensureInstalled } from "./install.mjs";
import { say } from "./root.mjs";

ensureInstalled();
const { ensureBuilt } = await import("./build-steps.mjs");
say(`Built: ${await ensureBuilt({ web: true })}`);
