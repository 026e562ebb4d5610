import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { now } from "../../clock";
import type { CloudflaredConfig } from "../../config/fleet";
import type { Observation } from "../../machine/observation";
import { createCloudflared } from "../../probes/cloudflared/create-cloudflared";
import type { Told } from "../../probes/contract";
import { createExchange } from "../../probes/exchange";
import { ApplicationWatch } from "./application-watch";

/** What /ready answers; null: it is answered by `release` alone. */
let connections: number | null = 0;
let release: (connections: number) => void = () => undefined;
let server: Server;
const open: { close(): void }[] = [];

beforeEach(async () => {
  connections = 0;
  server = createServer((request, response) => {
    if (request.url !== "/ready") return void response.writeHead(404).end();
    const answer = (readyConnections: number) => {
      const status = readyConnections > 0 ? 200 : 503;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ status, readyConnections }));
    };
    if (connections === null) release = answer;
    else answer(connections);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  for (const each of open.splice(0)) each.close();
  server.closeAllConnections();
  server.close();
});

/** A tunnel on a host, with what a host's watch holds of it; `connections` says what it answers. */
class Tunnel {
  state: string | null;
  since: number | null;
  up: Observation | null = null;
  offsetUs = 0;
  readonly moves: Observation[] = [];
  readonly told: (Told | null)[] = [];
  readonly faults: string[] = [];
  /** Facts of this kind make the rules fail. */
  failsOn: "process" | "asked" | null = null;
  readonly watch: ApplicationWatch<unknown, unknown>;

  constructor(state: string | null) {
    this.state = state;
    this.since = now().at - 60_000_000;
    const { port } = server.address() as AddressInfo;
    const config: CloudflaredConfig = {
      metrics: `http://127.0.0.1:${port}`,
      from: "here",
      everyMs: 50,
      timeoutMs: 20_000,
      failures: 2,
    };
    const { probe, rules } = createCloudflared(config, { exchange: createExchange({}) });
    const source = {
      key: "tunnel",
      probe,
      rules: { ...rules, take: this.#judgedBy(rules.take) },
      asking: config,
      speaks: true,
      followLog: null,
      close: () => probe.close(),
    };
    this.watch = new ApplicationWatch(source, {
      standing: () => ({ state: this.state, since: this.since, up: this.up }),
      clockOffsetUs: () => this.offsetUs,
      onMove: (observation) => {
        this.moves.push(observation);
        this.state = observation.state;
        this.since = observation.at;
      },
      onTold: (told) => this.told.push(told),
      onFault: (error) => this.faults.push(error.message),
    }) as unknown as ApplicationWatch<unknown, unknown>;
    open.push(this.watch);
  }

  #judgedBy<Rules extends (memory: never, fact: never) => unknown>(take: Rules): Rules {
    const judge = (memory: never, fact: { readonly tag: string }) => {
      if (fact.tag === this.failsOn) throw new Error(`no word for ${fact.tag}`);
      return take(memory, fact as never);
    };
    return judge as unknown as Rules;
  }

  get path(): string[] {
    return this.moves.map(({ state }) => state);
  }

  /** What the platform observes of its process, as the host's watch hands it on. */
  process(state: string, event: string | null = null): this {
    const { at } = now();
    const observation: Observation = {
      state,
      event,
      at: at + this.offsetUs,
      observedAt: at,
      bootId: null,
      monotonic: null,
      cause: { kind: "unknown", detail: "seen" },
      evidence: {},
      source: "signal",
      sourceKey: `${state}/${at}`,
    };
    this.up = state === "Running" ? observation : null;
    this.watch.onProcess(observation);
    return this;
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (holds()) return;
    await sleep(25);
  }
  throw new Error(`never: ${what}`);
}

describe("an application that is watched", () => {
  it("disagrees with its process after the contact was lost as it did before: the platform tells it once", async () => {
    const tunnel = new Tunnel("Stopped");
    tunnel.watch.live();
    tunnel.process("Starting").process("Running");
    await until(() => tunnel.told.at(-1)?.application.disagreement != null, "they disagree");
    const before = tunnel.path;
    tunnel.watch.rest();
    tunnel.told.length = 0;
    tunnel.watch.live();
    await sleep(500);
    expect(tunnel.told.filter((told) => told?.application.disagreement == null)).toEqual([]);
    expect(tunnel.path).toEqual(before);
  });

  it("says nothing more once it is found stopped, also where nobody saw it stop", async () => {
    connections = 4;
    const tunnel = new Tunnel("Running");
    tunnel.watch.live();
    await until(() => tunnel.told.at(-1)?.health.status === "ok", "it is well");
    tunnel.watch.rest();
    tunnel.state = "Stopped";
    tunnel.watch.live();
    expect(tunnel.told.at(-1)).toBeNull();
  });

  it("counts no answer of the process before for the one that runs now", async () => {
    connections = null;
    const tunnel = new Tunnel("Running");
    tunnel.watch.live();
    const asked = release;
    await until(() => release !== asked, "it is asked");
    const late = release;
    tunnel.process("Starting", null);
    connections = 0;
    late(4);
    await until(() => tunnel.state === "Connecting", "the new one connects");
    expect(tunnel.path).toEqual(["Starting", "Connecting"]);
  });

  it("moves no earlier than it moved before, however the host's clock was measured", async () => {
    connections = 4;
    const tunnel = new Tunnel("Stopped");
    tunnel.watch.live();
    tunnel.offsetUs = 3_000_000;
    tunnel.process("Starting");
    tunnel.offsetUs = 0;
    await until(() => tunnel.state === "Running", "it runs");
    connections = 0;
    await until(() => tunnel.state === "Reconnecting", "it has lost its edge");
    connections = 4;
    await until(() => tunnel.state === "Running", "it runs again");
    const ats = tunnel.moves.map(({ at }) => at);
    expect(ats).toEqual([...ats].sort((one, other) => one - other));
    expect(new Set(tunnel.moves.map(({ sourceKey }) => sourceKey)).size).toBe(tunnel.moves.length);
  });

  it("is not heard while there is no contact: an answer that was under way is dropped", async () => {
    connections = null;
    const tunnel = new Tunnel("Running");
    tunnel.watch.live();
    const asked = release;
    await until(() => release !== asked, "it is asked");
    tunnel.watch.rest();
    release(0);
    await sleep(200);
    expect(tunnel.path).toEqual([]);
  });

  it("goes on where its rules fail: what the process did is told, and the next answer counts", async () => {
    connections = 4;
    const tunnel = new Tunnel("Stopped");
    tunnel.watch.live();
    tunnel.failsOn = "process";
    tunnel.process("Starting", "start");
    expect(tunnel.path).toEqual(["Starting"]);
    expect(tunnel.faults).toEqual(["no word for process"]);
    tunnel.failsOn = "asked";
    await until(() => tunnel.faults.includes("no word for asked"), "an answer cannot be judged");
    tunnel.failsOn = null;
    tunnel.process("Running", "initialized successfully");
    await until(() => tunnel.state === "Running", "it runs");
    expect(tunnel.path.slice(0, 1)).toEqual(["Starting"]);
  });
});
