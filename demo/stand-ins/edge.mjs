// A stand-in for the edge of the network that `tunnel` connects to. Stop it and watch the tunnel.
import { parseArgs } from "node:util";
import { endOnTerm, say } from "../say.mjs";
import { portOf } from "./demo-ports.mjs";
import { startEdge } from "./start-edge.mjs";

const { values: flags } = parseArgs({
  options: { port: { type: "string", default: "50" }, "control-port": { type: "string", default: "51" } },
});
const edge = await startEdge({
  port: portOf(flags.port),
  controlPort: portOf(flags["control-port"]),
  say,
});
say(`this is a stand-in for an edge, listening on 127.0.0.1:${edge.port}`);
endOnTerm(() => edge.close());
