import { mustRun, run } from "./run";

/** The networks that are kept for documentation (RFC 5737): no machine is to be reached there. */
const networks = ["198.51.100", "203.0.113", "192.0.2"];
/** A /30 for each: ours, theirs. */
const lines = 64;
const prefix = "signalbox";

/** A cable between this machine and a test host: a veth pair. It goes when the host goes. */
export class Line {
  /** The address of the test host. */
  readonly address: string;
  private readonly port: string;

  private constructor(port: string, address: string) {
    this.port = port;
    this.address = address;
  }

  /**
   * Lays a line to whoever has the network namespace of `pid`. The kernel gives each name once, so
   * that runs side by side get lines of their own. @throws Error when all are taken.
   */
  static async lay(pid: number): Promise<Line> {
    const network = await freeNetwork();
    for (let number = 0; number < lines; number += 1) {
      const port = `${prefix}${number}`;
      const peer = ["type", "veth", "peer", "name", "eth0", "netns", String(pid)];
      const { code, stderr } = await run(["ip", "link", "add", port, ...peer]);
      if (code !== 0 && stderr.includes("File exists")) continue;
      if (code !== 0) throw new Error(`no line to the test host: ${stderr.trim()}`);
      const [ours, theirs] = [`${network}.${number * 4 + 1}`, `${network}.${number * 4 + 2}`];
      const inside = ["nsenter", "-t", String(pid), "-n"];
      await mustRun("ip", "address", "add", `${ours}/30`, "dev", port);
      await mustRun("ip", "link", "set", port, "up");
      await mustRun(...inside, "ip", "address", "add", `${theirs}/30`, "dev", "eth0");
      await mustRun(...inside, "ip", "link", "set", "eth0", "up");
      return new Line(port, theirs);
    }
    throw new Error(`all ${lines} lines to test hosts are in use`);
  }

  async cut(): Promise<void> {
    await mustRun("ip", "link", "set", this.port, "down");
  }

  async mend(): Promise<void> {
    await mustRun("ip", "link", "set", this.port, "up");
  }

  /** At once; the kernel does the same a little after the host's end. */
  async remove(): Promise<void> {
    await run(["ip", "link", "delete", this.port]);
  }
}

/** One that this machine does not use after all: a line must not take its own network from it. */
async function freeNetwork(): Promise<string> {
  const routes = (await mustRun("ip", "-4", "route", "show", "table", "all")).split("\n");
  const foreign = routes.filter((route) => !route.includes(` dev ${prefix}`)).join("\n");
  const free = networks.find((network) => !foreign.includes(`${network}.`));
  if (!free) throw new Error(`this machine uses all networks for documentation: ${networks.join(", ")}`);
  return free;
}
