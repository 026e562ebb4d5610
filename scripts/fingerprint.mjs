import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

const folders = ["app", "components", "lib", "db"];
const files = [
  "package-lock.json",
  "tsconfig.json",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "instrumentation.ts",
  "scripts/bundle.mjs",
  "scripts/build-steps.mjs",
  "scripts/mend-driver.mjs",
];

/** @returns a name for exactly these sources on this Node: a build under that name is not stale. */
export function fingerprint() {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of [...folders.flatMap(sourcesBelow), ...files].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

function sourcesBelow(folder) {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
