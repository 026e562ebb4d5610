import os from "node:os";
import { measureHistoryScale } from "./history-scale";
import { measureLatency } from "./latency";
import { measureMemory } from "./memory";
import { measureMetrics } from "./metrics";
import { measureProbes } from "./probes";
import { measureRecording } from "./recording";
import { systemdParts } from "./systemd";
import { asMarkdown, type Row } from "./table";

const browser = process.env.SIGNALBOX_BROWSER ?? "";

/**
 * `npm run bench [-- latency|recording|memory|metrics|systemd|systemd-latency|history-scale|…]`; the
 * first word of a name asks for all of it.
 */
const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  latency: () => measureLatency(browser),
  recording: measureRecording,
  memory: measureMemory,
  probes: () => measureProbes(browser),
  "history-scale": measureHistoryScale,
  metrics: measureMetrics,
  ...systemdParts(browser),
};

const asked = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.some((each) => name === each || name.startsWith(`${each}-`))) continue;
  process.stderr.write(`── ${name}\n`);
  // What one part cannot measure is no reason to lose what the others did.
  const measured = await measure().catch((error: Error) => {
    process.exitCode = 1;
    return [{ what: name, figure: `failed: ${error.message}` }];
  });
  for (const { what, figure } of measured) process.stderr.write(`   ${what}: ${figure}\n`);
  rows.push(...measured);
}
const [cpu] = os.cpus();
process.stdout.write(
  `${asMarkdown(rows)}\n\nNode ${process.versions.node}, ${os.cpus().length} cores (${cpu?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB.\n`,
);
process.exit();
