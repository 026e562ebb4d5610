import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { startEdge } from "./start-edge.mjs";
import { startTunnel } from "./start-tunnel.mjs";
import { shapeOf, until } from "./testing/ask";

const quick = {
  timing: { idleMs: 500, backOffMs: 100, mostBackOffMs: 400 },
  betweenMs: -550,
};
const quickEdge = { registerMs: 20, beatMs: 100 };

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function edgeAt(port = 0) {
  const edge = await startEdge({ ...quickEdge, port });
  closing.push(() => edge.close().catch(() => {}));
  return edge;
}

async function tunnelTo(edgePort: number) {
  const lines: string[] = [];
  const exits: number[] = [];
  const tunnel = await startTunnel({
    ...quick,
    edgePort,
    say: (line) => lines.push(line),
    onExit: (code) => exits.push(code),
  });
  closing.push(() => tunnel.close());
  const get = async (path: string) => {
    const answer = await fetch(`${tunnel.metrics}${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  const ready = async () => JSON.parse((await get("/ready")).text);
  return { tunnel, lines, exits, get, ready };
}

function captured(name: string): string {
  const folder = new URL("../../lib/probes/cloudflared/captures/", import.meta.url);
  return readFileSync(new URL(name, folder), "utf8");
}
const bodyOf = (name: string) => captured(name).replace(/^[\s\S]*?\r?\n\r?\n/, "");

describe("with an edge", () => {
  test("the connections come one after the other, and /ready is 200 from the first on", async () => {
    const edge = await edgeAt();
    const { tunnel, ready, get } = await tunnelTo(edge.port);
    const seen = new Set<number>();
    await until(async () => {
      const { status, readyConnections } = await ready();
      expect(status).toBe(readyConnections === 0 ? 503 : 200);
      seen.add(readyConnections);
      return readyConnections === 4;
    });
    expect(edge.state()).toEqual({ connections: 4 });
    expect(tunnel.state()).toEqual({ ready: 4 });
    expect((await get("/ready")).status).toBe(200);
  });

  test("what it answers has the shape of what cloudflared answers", async () => {
    const edge = await edgeAt();
    const { get, ready } = await tunnelTo(edge.port);
    await until(async () => (await ready()).readyConnections === 4);
    for (const path of ["ready", "config", "quicktunnel", "diag/tunnel"]) {
      const { text } = await get(`/${path}`);
      expect(shapeOf(JSON.parse(text))).toEqual(
        shapeOf(JSON.parse(bodyOf(`B-connected.${path.replace("/", "-")}.http`))),
      );
    }
    const system = JSON.parse((await get("/diag/system")).text);
    const { disk, ...info } = JSON.parse(bodyOf("B-connected.diag-system.http")).info;
    expect(disk).not.toEqual([]);
    expect(shapeOf(system.info)).toEqual(shapeOf(info));
    expect((await get("/healthcheck")).text).toBe(bodyOf("B-connected.healthcheck.http"));
    const metrics = (await get("/metrics")).text;
    const types = [...metrics.matchAll(/^# (?:HELP|TYPE) .*$/gm)].map(([line]) => line);
    expect(bodyOf("B-connected.metrics.http").split("\n")).toEqual(expect.arrayContaining(types));
    expect(metrics).toContain("cloudflared_tunnel_ha_connections 4\n");
    expect(metrics.match(/^cloudflared_tunnel_server_locations\{.*\} 1$/gm)).toHaveLength(4);
  });

  test("its log has cloudflared's lines", async () => {
    const edge = await edgeAt();
    const { tunnel, ready, lines } = await tunnelTo(edge.port);
    await until(async () => (await ready()).readyConnections === 4);
    await edge.close();
    await until(async () => (await ready()).readyConnections === 0);
    await until(() => lines.some((line) => line.includes("Failed to dial")));
    await edgeAt(edge.port);
    await until(async () => (await ready()).readyConnections === 4);
    await tunnel.close();
    const real = ["B-connect", "C-reconnect", "D-stop"].map((name) => captured(`${name}.log.txt`)).join("\n");
    const forms = new Set(
      [...real.split("\n"), "INF This is a stand-in: there is no cloudflared in it"].map(formOf),
    );
    forms.add(formOf("INF Initiating graceful shutdown due to signal terminated ..."));
    forms.add(formOf("INF Starting tunnel tunnelID=1"));
    // Seen for other numbers of seconds, and as ERR where it is the last connection.
    expect(lines.filter((line) => !forms.has(formOf(line)))).toEqual([]);
  });
});

/** A line without what differs from run to run. */
function formOf(line: string): string {
  return line
    .replace(/^\S+Z /, "")
    .replace(/^(WRN|ERR)/, "trouble")
    .replace(/Version .*/, "Version")
    .replace(/ID: .*/, "ID")
    .replace(/server on .*/, "server")
    .replace(/up to \d+s/, "up to")
    .replace(/=("[^"]*"|\S+)/g, "");
}

test("an edge that goes takes the connections along after a while, and gives them back when it returns", async () => {
  const edge = await edgeAt();
  const { ready, get, exits } = await tunnelTo(edge.port);
  await until(async () => (await ready()).readyConnections === 4);
  await edge.close();
  expect((await get("/ready")).status).toBe(200);
  await until(async () => (await ready()).readyConnections === 0);
  expect((await get("/ready")).status).toBe(503);
  expect((await get("/metrics")).text).toContain("cloudflared_tunnel_ha_connections 4\n");
  await edgeAt(edge.port);
  await until(async () => (await ready()).readyConnections === 4);
  expect(exits).toEqual([]);
});

test("an edge that falls silent is lost as well, though it closes nothing", async () => {
  const edge = await edgeAt();
  const { ready } = await tunnelTo(edge.port);
  await until(async () => (await ready()).readyConnections === 4);
  edge.tell({ mute: true });
  await until(async () => (await ready()).readyConnections === 0);
  edge.tell({ mute: false });
  await until(async () => (await ready()).readyConnections === 4);
});

test("without an edge it answers 503, counts one attempt, and tries for ever", async () => {
  const edge = await edgeAt();
  await edge.close();
  const { get, lines, exits } = await tunnelTo(edge.port);
  await until(() => lines.filter((line) => line.includes("Failed to dial")).length >= 2);
  const { status, text } = await get("/ready");
  expect(status).toBe(503);
  expect(shapeOf(JSON.parse(text))).toEqual(shapeOf(JSON.parse(bodyOf("A-no-edge.ready.http"))));
  expect((await get("/metrics")).text).toContain("cloudflared_tunnel_ha_connections 1\n");
  expect(exits).toEqual([]);
});

test("a tunnel that the edge refuses ends with 1", async () => {
  const edge = await edgeAt();
  edge.tell({ reject: true });
  const { exits, lines } = await tunnelTo(edge.port);
  await until(() => exits.length > 0);
  expect(exits).toEqual([1]);
  expect(lines.join("\n")).toContain("Register tunnel error from server side");
});

test("with two of four left it is told as two", async () => {
  const edge = await edgeAt();
  const { ready } = await tunnelTo(edge.port);
  await until(async () => (await ready()).readyConnections === 4);
  edge.tell({ most: 2 });
  await until(async () => (await ready()).readyConnections === 2);
  expect((await ready()).status).toBe(200);
});

test("told to hang it answers nothing, told to be away nobody listens, and it comes back at its port", async () => {
  const edge = await edgeAt();
  const { tunnel, get } = await tunnelTo(edge.port);
  await tunnel.tell({ hang: true });
  const waiting = new Promise((resolve) => setTimeout(resolve, 300, "nothing yet"));
  const asking = get("/ready");
  expect(await Promise.race([asking, waiting])).toBe("nothing yet");
  await tunnel.tell({ hang: false, metrics: false });
  await expect(asking).rejects.toThrow();
  await expect(get("/ready")).rejects.toThrow();
  await tunnel.tell({ metrics: true });
  expect((await get("/healthcheck")).text).toBe("OK\n");
});
