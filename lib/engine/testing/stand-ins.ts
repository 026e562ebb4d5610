import { fileURLToPath } from "node:url";
import { freePorts } from "../../../demo/stand-ins/free-ports.mjs";

const program = fileURLToPath(new URL("../../../demo/stand-ins/besu-node.mjs", import.meta.url));
const waits = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000)";

/** A command that is up and does nothing: beside an application that lives elsewhere. */
export const idleCommand = JSON.stringify([process.execPath, "-e", waits]);

export interface Validator {
  readonly name: string;
  /** As in signalbox.yaml. */
  readonly command: string;
  readonly rpc: string;
  /** As the stand-in takes it; see demo/stand-ins/orders.mjs. */
  tell(order: object): Promise<void>;
}

/** Five validators of one chain of blocks of half a second, as commands for a process host. */
export async function fiveValidators(): Promise<Validator[]> {
  const identities = [1, 2, 3, 4, 5];
  const ports = await freePorts(identities.length * 4);
  const peers = identities.map((_, n) => ports[n * 4]).join(",");
  return identities.map((identity, n) => {
    const [p2p, rpc, control, metrics] = ports.slice(n * 4, n * 4 + 4);
    const flags = {
      identity,
      peers,
      "p2p-port": p2p,
      "rpc-http-port": rpc,
      "metrics-port": metrics,
      "control-port": control,
      "block-period-ms": 500,
      "ready-blocks": 100,
      "sync-last": 20,
      "found-after-ms": 300,
    };
    const args = Object.entries(flags).map(([name, value]) => `--${name}=${value}`);
    return {
      name: `validator-${identity}`,
      command: JSON.stringify([process.execPath, "--max-old-space-size=32", program, ...args]),
      rpc: `http://127.0.0.1:${rpc}`,
      tell: async (order) => {
        const answer = await fetch(`http://127.0.0.1:${control}/tell`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(order),
        });
        if (!answer.ok) throw new Error(await answer.text());
      },
    };
  });
}
