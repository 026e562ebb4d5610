// A stand-in for cloudflared: connects to the edge's stand-in and serves what cloudflared serves at its
// metrics port. There is no cloudflared in it.
import { parseArgs } from "node:util";
import { portOf } from "./demo-ports.mjs";
import { startTunnel } from "./start-tunnel.mjs";

const { values: flags } = parseArgs({
  options: {
    edge: { type: "string", default: "50" },
    metrics: { type: "string", default: "60" },
    "control-port": { type: "string", default: "61" },
  },
});
const tunnel = await startTunnel({
  edgePort: portOf(flags.edge),
  metricsPort: portOf(flags.metrics),
  controlPort: portOf(flags["control-port"]),
  say: (line) => process.stdout.write(`${line}\n`),
});
process.on("SIGTERM", () => void tunnel.close().then(() => process.exit(0)));
