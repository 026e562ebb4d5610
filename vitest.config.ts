import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,db,components,app,demo,scripts,docs,e2e/support}/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is waited for may take its time on a busy machine: a second is no verdict.
    expect: { poll: { timeout: 15_000 } },
    // Real processes and databases: two files at a time is what two cores carry without noise.
    maxWorkers: 2,
  },
});
