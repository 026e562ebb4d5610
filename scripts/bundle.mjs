import path from "node:path";
import { context } from "esbuild";
import { root } from "./root.mjs";

const entries = {
  launcher: "lib/launcher/launch.ts",
  engine: "lib/engine/main.ts",
  "check-config": "lib/commands/check-config.ts",
  token: "lib/commands/token.ts",
  replay: "lib/commands/replay.ts",
  monitoring: "lib/commands/monitoring.ts",
};

/** Everything that runs outside of Next, as plain modules in `folder`. */
export function bundleOptions(folder) {
  return {
    absWorkingDir: root,
    entryPoints: entries,
    outdir: path.join(folder, "node"),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "linked",
    logLevel: "error",
  };
}

/** Bundles once. */
export async function bundle(folder) {
  const made = await context(bundleOptions(folder));
  await made.rebuild();
  await made.dispose();
}
