import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEdge } from "../../demo/stand-ins/start-edge.mjs";
import { startNode } from "../../demo/stand-ins/start-node.mjs";
import { startTunnel } from "../../demo/stand-ins/start-tunnel.mjs";
import { ShiftedClock } from "./alerts/testing/shifted-clock";
import { fiveValidators, idleCommand, type Validator } from "./testing/stand-ins";
import { TestFleet, until } from "./testing/test-fleet";
import { toldAlerts } from "./testing/told-alerts";

/** It bears that this very process, which plays the edge as well, is held up for a while. */
const quickTunnel = { timing: { idleMs: 4_000, backOffMs: 50, mostBackOffMs: 200 }, betweenMs: -550 };
const quickEdge = { registerMs: 20, beatMs: 50 };
const asked = "every: 200ms, timeout: 2s";

let edge: Awaited<ReturnType<typeof startEdge>>;
let tunnel: Awaited<ReturnType<typeof startTunnel>>;
let node: Awaited<ReturnType<typeof startNode>>;
let validators: Validator[];

beforeAll(async () => {
  edge = await startEdge(quickEdge);
  tunnel = await startTunnel({ ...quickTunnel, edgePort: edge.port });
  node = await startNode({ periodMs: 500 });
  validators = await fiveValidators();
});
afterAll(async () => {
  await Promise.all([tunnel.close(), edge.close(), node.close()]);
});

/** @param alerts limits of the fleet, as in signalbox.yaml. */
function textOf(alerts: string): string {
  const beside = (name: string, rest: string) =>
    `  - { host: toys, name: ${name}, command: ${idleCommand}, autostart: true, settle: 100ms, ${rest} }`;
  const members = validators.map(
    ({ name, command, rpc }) =>
      `  - { host: toys, name: ${name}, group: validators, kind: besu, command: ${command}, autostart: true, settle: 100ms,
      besu: { rpc: "${rpc}", validator: true, minPeers: 2, ${asked} } }`,
  );
  return `
hosts: { toys: { platform: process } }
groups: { validators: { keepRunning: 3 } }
alerts: { ${alerts} }
services:
${beside("tunnel", `kind: cloudflared, cloudflared: { metrics: "${tunnel.metrics}", ${asked} }`)}
${beside("node", `kind: besu, besu: { rpc: "${node.rpc}", ${asked} }`)}
${members.join("\n")}
`;
}

function watch(fleet: TestFleet) {
  /** "rule service: fired, resolved", in the order in which they fired. */
  const told = async () =>
    (await toldAlerts(fleet.test.database.sql)).map(
      ({ rule, service, events }) => `${rule} ${service ?? "the group"}: ${events.join(", ")}`,
    );
  const sees = (line: string) =>
    until(async () => ((await told()).includes(line) ? true : undefined), line, 90_000).catch(
      async (error: Error) => {
        throw new Error(`${error.message}; there are ${JSON.stringify(await told())}`);
      },
    );
  const isWell = async () => {
    await fleet.reaches("toys/tunnel", "Running");
    await fleet.reaches("toys/node", "Running");
    for (const { name } of validators) await fleet.reaches(`toys/${name}`, "Consensus");
    await until(async () => {
      const rows = await fleet.test.database.sql<{ name: string; status: string }[]>`
        SELECT name, application #>> '{health,status}' AS status FROM service`;
      return rows.every(({ status }) => status === "ok") ? true : undefined;
    }, "all of them are well");
  };
  return { told, sees, isWell };
}

describe("each rule fires once and resolves once", () => {
  let fleet: TestFleet;
  let seen: ReturnType<typeof watch>;
  beforeAll(async () => {
    const limits = "truthsDisagree: 5s, reconnecting: 5s, healthDegraded: 5s, syncStalled: 6s";
    const others =
      "quorumRisk: 5s, quorumLost: 5s, validatorIdle: 5s, starting: off, commandFailed: off, contact: off";
    fleet = await TestFleet.open(textOf(`${limits}, ${others}`));
    seen = watch(fleet);
    await seen.isWell();
  }, 120_000);
  afterAll(() => fleet?.close());

  /** What fires from here on is told alone, once what was told before is over. */
  async function afresh() {
    const before = await until(async () => {
      const told = await seen.told();
      return told.every((line) => line.endsWith(": fired, resolved")) ? told : undefined;
    }, "what was told before is over");
    /** @param rules only of these; of all if there is none. */
    return async (...rules: string[]) =>
      (await seen.told())
        .slice(before.length)
        .filter((line) => rules.length === 0 || rules.some((rule) => line.startsWith(`${rule} `)));
  }

  it("nothing while the fleet is well", async () => {
    // What fired while it was coming up is no concern of this.
    const since = await afresh();
    await sleep(8_000);
    expect(await since()).toEqual([]);
  }, 60_000);

  it("health-degraded: two of four connections", async () => {
    const since = await afresh();
    edge.tell({ most: 2 });
    await seen.sees("health-degraded toys/tunnel: fired");
    edge.tell({ most: 100 });
    await seen.sees("health-degraded toys/tunnel: fired, resolved");
    expect(await since("health-degraded", "truths-disagree", "reconnecting")).toEqual([
      "health-degraded toys/tunnel: fired, resolved",
    ]);
  }, 120_000);

  it("truths-disagree and reconnecting: the edge is gone", async () => {
    const since = await afresh();
    const { port } = edge;
    await edge.close();
    await seen.sees("reconnecting toys/tunnel: fired");
    await seen.sees("truths-disagree toys/tunnel: fired");
    edge = await startEdge({ ...quickEdge, port });
    await seen.sees("reconnecting toys/tunnel: fired, resolved");
    await seen.sees("truths-disagree toys/tunnel: fired, resolved");
    expect((await since("reconnecting", "truths-disagree")).sort()).toEqual([
      "reconnecting toys/tunnel: fired, resolved",
      "truths-disagree toys/tunnel: fired, resolved",
    ]);
  }, 120_000);

  it("sync-stalled: not while it makes progress, and once it makes none", async () => {
    const since = await afresh();
    await node.tell({ sync: { blocks: 1_000_000, perSecond: 100 } });
    await fleet.reaches("toys/node", "Syncing");
    await sleep(8_000);
    expect(await since("sync-stalled")).toEqual([]);
    await node.tell({ freeze: true });
    await seen.sees("sync-stalled toys/node: fired");
    await node.tell({ freeze: false, sync: { blocks: 10, perSecond: 1_000 } });
    await fleet.reaches("toys/node", "Running");
    await seen.sees("sync-stalled toys/node: fired, resolved");
    expect(await since("sync-stalled")).toEqual(["sync-stalled toys/node: fired, resolved"]);
  }, 120_000);

  it("validator-idle: it lets its turns pass, and the group has none to spare", async () => {
    const since = await afresh();
    await validators[4]?.tell({ proposing: false });
    await seen.sees("validator-idle toys/validator-5: fired");
    await seen.sees("quorum-risk the group: fired");
    await validators[4]?.tell({ proposing: true });
    await seen.sees("validator-idle toys/validator-5: fired, resolved");
    await seen.sees("quorum-risk the group: fired, resolved");
    expect((await since("validator-idle", "quorum-risk", "quorum-lost")).sort()).toEqual([
      "quorum-risk the group: fired, resolved",
      "validator-idle toys/validator-5: fired, resolved",
    ]);
  }, 180_000);

  it("quorum-risk and quorum-lost: one is stopped, and another", async () => {
    const since = await afresh();
    await fleet.order("toys/validator-5", "stop");
    await until(
      async () => ((await since("quorum-risk")).length === 1 ? true : undefined),
      "it is at risk",
      60_000,
    );
    await fleet.order("toys/validator-4", "stop");
    await seen.sees("quorum-lost the group: fired");
    for (const name of ["validator-4", "validator-5"]) {
      await fleet.reaches(`toys/${name}`, "Stopped");
      await fleet.order(`toys/${name}`, "start");
    }
    await seen.sees("quorum-lost the group: fired, resolved");
    await until(
      async () => ((await since("quorum-risk"))[0]?.endsWith("fired, resolved") ? true : undefined),
      "it is at risk no more",
      120_000,
    );
    expect((await since("quorum-risk", "quorum-lost")).sort()).toEqual([
      "quorum-lost the group: fired, resolved",
      "quorum-risk the group: fired, resolved",
    ]);
  }, 300_000);
});

describe("at their real limits", () => {
  it("nothing fires in an hour of a fleet that is well; then what goes wrong fires by the same clock", async () => {
    const clock = new ShiftedClock();
    const fleet = await TestFleet.open(textOf(""), clock);
    const { told, sees, isWell } = watch(fleet);
    try {
      await isWell();
      // Every minute they are heard anew.
      for (let minute = 0; minute < 60; minute += 1) {
        clock.pass(60_000);
        await sleep(300);
      }
      expect(await told()).toEqual([]);
      const { port } = edge;
      await edge.close();
      await fleet.reaches("toys/tunnel", "Reconnecting");
      // What was seen just now is an hour old by this clock: of a move a minute counts, as where it came late.
      clock.pass(30_000);
      await sleep(1_000);
      expect((await told()).filter((line) => line.startsWith("reconnecting"))).toEqual([]);
      clock.pass(60_000);
      await sees("reconnecting toys/tunnel: fired");
      await sees("truths-disagree toys/tunnel: fired");
      edge = await startEdge({ ...quickEdge, port });
      await sees("reconnecting toys/tunnel: fired, resolved");
      await sees("truths-disagree toys/tunnel: fired, resolved");
      expect(await told()).toHaveLength(2);
    } finally {
      await fleet.close();
    }
  }, 300_000);
});
