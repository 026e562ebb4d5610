import { readFileSync } from "node:fs";
import path from "node:path";
import { until } from "./processes";
import { root, Signalbox } from "./signalbox";
import { SystemdHost } from "./systemd-host";

const metrics = { tunnel: 20_241, plain: 20_242, loop: 20_243 } as const;
const edge = { port: 7_844, control: 7_845, nobody: 7_846 };
const record = "/srv/lab/ready";

/** Each has a port of its own by which it could be told what to do. */
const controlOf = (port: number) => port + 100;

const standIn = (program: string, flags: string) =>
  `ExecStart=${process.execPath} /opt/demo/stand-ins/${program}.mjs ${flags}`;

const cloudflared = (port: number, to: number) =>
  standIn("cloudflared", `--metrics=${port} --edge=${to} --control-port=${controlOf(port)}`);

/** As `cloudflared service install` writes it, but that another process than the main one says READY=1. */
const tunnel = (port: number, to: number, startLimitS: number) => `[Unit]
Description=A stand-in for cloudflared
[Service]
Type=notify
NotifyAccess=all
TimeoutStartSec=${startLimitS}
Restart=on-failure
RestartSec=2s
${cloudflared(port, to)}
`;

const units: Readonly<Record<string, string>> = {
  "sb-edge.service": `[Service]\n${standIn("edge", `--port=${edge.port} --control-port=${edge.control}`)}\n`,
  "sb-tunnel.service": tunnel(metrics.tunnel, edge.port, 600),
  "sb-loop.service": tunnel(metrics.loop, edge.nobody, 4),
  // As many write it by hand: systemd calls it active as soon as there is a process.
  "sb-plain.service": `[Service]\n${cloudflared(metrics.plain, edge.nobody)}\n`,
  "sb-record.service": "[Service]\nExecStart=/bin/sh /opt/record.sh\n",
};

/** What /ready answers, five times a second, by the host's own clock: what Signalbox tells is held against it. */
const recorder = `while :; do
  echo "$(date +%s%N) $(curl -s -m 2 -o /dev/null -w '%{http_code}' http://127.0.0.1:${metrics.tunnel}/ready)" >> ${record}
  sleep 0.2
done
`;

/** How often `/ready` was asked, and what it answered; instants in µs by the host's clock. */
export interface ReadyRecord {
  readonly at: number;
  readonly status: number;
}

/** A host with tunnels and their edge on its own loopback, watched over ssh and through a command there. */
export class TunnelHost {
  readonly host: SystemdHost;
  readonly signalbox: Signalbox;

  private constructor(host: SystemdHost, signalbox: Signalbox) {
    this.host = host;
    this.signalbox = signalbox;
  }

  static async open(): Promise<TunnelHost> {
    const host = await SystemdHost.boot({
      name: "tunnels",
      ssh: true,
      copies: { "/opt/demo": path.join(root, "demo") },
      files: { "/opt/record.sh": recorder },
      units,
    });
    try {
      await host.systemctl("start", "sb-record.service");
      return new TunnelHost(host, await Signalbox.start(configOf(host)));
    } catch (error) {
      await host.halt();
      throw error;
    }
  }

  async remove(): Promise<void> {
    await this.signalbox.remove();
    await this.host.halt();
  }

  async startEdge(): Promise<void> {
    await this.host.systemctl("start", "sb-edge.service");
    await until("the edge listens", async () => (await this.askEdge("state")).code === 0);
  }

  async stopEdge(): Promise<void> {
    await this.host.systemctl("stop", "sb-edge.service");
  }

  async tellEdge(order: object): Promise<void> {
    const told = await this.askEdge("tell", "--json", JSON.stringify(order));
    if (told.code !== 0) throw new Error(told.stderr);
  }

  /** "active/running", as systemd has it. */
  async systemdSays(unit: string): Promise<string> {
    const { stdout } = await this.host.systemctl("show", "--property=ActiveState,SubState", "--value", unit);
    return stdout.trim().split("\n").join("/");
  }

  /** Everything that /ready of the tunnel has answered. */
  record(): ReadyRecord[] {
    return readFileSync(this.host.outside(record), "utf8")
      .split("\n")
      .flatMap((line) => {
        const [, at = "", status = ""] = /^(\d+) (\d{3})$/.exec(line) ?? [];
        return status === "" ? [] : [{ at: Number(at) / 1000, status: Number(status) }];
      });
  }

  private askEdge(what: "state" | "tell", ...argv: string[]) {
    return this.host.run("curl", "-sSf", ...argv, `http://127.0.0.1:${edge.control}/${what}`);
  }
}

function configOf(host: SystemdHost): string {
  const services = (["near", "far"] as const).flatMap((place) =>
    (["tunnel", "plain", "loop"] as const).map((name) => {
      const asked = `metrics: "http://127.0.0.1:${metrics[name]}", from: host, every: 500ms, timeout: 1s`;
      return `  - { host: ${place}, unit: sb-${name}.service, name: ${name}, kind: cloudflared, cloudflared: { ${asked} } }`;
    }),
  );
  return `
hosts:
  near: { bus: "${host.busAddress}", via: ${JSON.stringify(host.via)} }
  far: { via: ${JSON.stringify(host.sshCommand)} }
services:
${services.join("\n")}
`;
}
