import { existsSync } from "node:fs";

const programs = ["/usr/bin/prometheus", "/usr/bin/promtool"] as const;

/** Why no real Prometheus can be tried on this machine, in words; null when it can. */
export function whyNoPrometheus(): string | null {
  const missing = programs.find((file) => !existsSync(file));
  return missing === undefined ? null : `${missing} is not installed (node scripts/install-test-peers.mjs)`;
}
