// A stand-in for a Besu node: one process, one node of the chain that the others of these play with it.
// What it says to operators is what Besu says; there is no Besu in it. Flags are named like Besu's.
import { parseArgs } from "node:util";
import { endOnTerm } from "../say.mjs";
import { portOf } from "./demo-ports.mjs";
import { joinChain } from "./join-chain.mjs";
import { besuVersion, startNode } from "./start-node.mjs";

const { values: flags } = parseArgs({
  options: {
    identity: { type: "string", default: "7" },
    "no-rpc": { type: "boolean", default: false },
    // The ports of the demo by default: 11 to 17, 21 to 27, 31 to 37, 41 to 47 of its block.
    "rpc-http-port": { type: "string" },
    "metrics-port": { type: "string" },
    "p2p-port": { type: "string" },
    "control-port": { type: "string" },
    peers: { type: "string", default: "31,32,33,34,35,36,37" },
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

const identity = Number(flags.identity);
const port = portOf(flags["p2p-port"] ?? `3${identity}`);
const peers = flags.peers.split(",").map(portOf);

say("This is a stand-in: there is no Besu in it");
say(`Starting Besu version: ${besuVersion}`);
const node = await startNode({
  identity,
  rpcPort: flags["no-rpc"] ? null : portOf(flags["rpc-http-port"] ?? `1${identity}`),
  metricsPort: portOf(flags["metrics-port"] ?? `2${identity}`),
  controlPort: portOf(flags["control-port"] ?? `4${identity}`),
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
