// A stand-in for a Besu node: one process, one node of the chain that the others of these play with it.
// What it says to operators is what Besu says; there is no Besu in it. Flags are named like Besu's.
import { parseArgs } from "node:util";
import { endOnTerm } from "../say.mjs";
import { portOf } from "./demo-ports.mjs";
import { joinChain } from "./join-chain.mjs";
import { besuVersion, startNode } from "./start-node.mjs";

const { values: flags } = parseArgs({
  options: {
    identity: { type: "string" },
    "rpc-http-port": { type: "string" },
    "metrics-port": { type: "string" },
    "control-port": { type: "string" },
    "p2p-port": { type: "string" },
    peers: { type: "string" },
    "block-period-ms": { type: "string", default: "2000" },
    "ready-blocks": { type: "string", default: "12000" },
    "sync-last": { type: "string", default: "1000" },
    "sync-per-second": { type: "string", default: "200" },
    "found-after-ms": { type: "string", default: "2000" },
  },
});

/** A line as Besu's log has it. @param {string} line */
function say(line) {
  const at = new Date().toISOString().replace("T", " ").replace("Z", "+00:00");
  process.stdout.write(`${at} | main | INFO  | StandIn | ${line}\n`);
}

const identity = Number(flags.identity ?? 7);
const port = portOf(flags["p2p-port"]) ?? 0;
const peers = (flags.peers ?? "").split(",").flatMap((peer) => portOf(peer) ?? []);

say("This is a stand-in: there is no Besu in it");
say(`Starting Besu version: ${besuVersion}`);
const node = await startNode({
  identity,
  rpcPort: portOf(flags["rpc-http-port"]),
  metricsPort: portOf(flags["metrics-port"]),
  controlPort: portOf(flags["control-port"]),
  p2pPort: port,
  chain: joinChain({
    identity,
    port,
    peers,
    periodMs: Number(flags["block-period-ms"]),
    readyBlocks: Number(flags["ready-blocks"]),
    syncLast: Number(flags["sync-last"]),
    syncPerSecond: Number(flags["sync-per-second"]),
    foundAfterMs: Number(flags["found-after-ms"]),
  }),
  say,
});
say(`Enode URL enode://${node.nodeId}@127.0.0.1:${port}`);
say(`Node address ${node.address}`);
say("Starting Ethereum main loop ... ");
say("Ethereum main loop is up.");
endOnTerm(() => node.close());
