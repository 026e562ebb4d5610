import "./require-node.mjs";
import { spawn } from "node:child_process";
import path from "node:path";
import { ensureInstalled } from "./install.mjs";
import { root } from "./root.mjs";

// Kills at random in a storm of real processes: see e2e/storm.spec.ts for what it proves.
ensureInstalled();
const { ensureBuilt } = await import("./build-steps.mjs");
await ensureBuilt({ web: true });
const [rounds = "20", services = "300"] = process.argv.slice(2);
const child = spawn(
  path.join(root, "node_modules", ".bin", "playwright"),
  ["test", "e2e/storm.spec.ts", "--reporter=list"],
  {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      SIGNALBOX_STORM_ROUNDS: rounds,
      SIGNALBOX_STORM_SERVICES: services,
    },
  },
);
child.once("exit", (code) => {
  process.exitCode = code ?? 1;
});
