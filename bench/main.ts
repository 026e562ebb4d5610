import os from "node:os";
import { measureLatency } from "./latency";
import { measureMemory } from "./memory";
import { measureRecording } from "./recording";
import { asMarkdown, type Row } from "./table";

/** `npm run bench [-- latency|recording|memory]` */
const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  latency: () => measureLatency(process.env.SIGNALBOX_BROWSER ?? ""),
  recording: measureRecording,
  memory: measureMemory,
};

const asked = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`── ${name}\n`);
  rows.push(...(await measure()));
}
const [cpu] = os.cpus();
process.stdout.write(
  `${asMarkdown(rows)}\n\nNode ${process.versions.node}, ${os.cpus().length} cores (${cpu?.model.trim()}), ${Math.round(os.totalmem() / 2 ** 30)} GB.\n`,
);
process.exit(0);
