import { afterEach, beforeEach, expect, test } from "vitest";
import vectors from "./fixtures/derived/node-id-to-validator-address.json";
import { besuWith } from "./testing/ask-besu";
import { BesuStory, begun, processFact, second } from "./testing/besu-story";
import { healthyPaths } from "./testing/healthy-node";
import { type BesuServer, serveBesu } from "./testing/serve-besu";

/** Probe and rules together: a node as it is served, and what becomes of its state. */

const quantity = (count: number) => `0x${count.toString(16)}`;
const periodSeconds = 2;
const five = vectors.validators_in_extraData;

/** A node of a chain that has made a block every two seconds since long before the story begins. */
class Node {
  now = 0;
  /** How many blocks it has; null: all there are. */
  synced: number | null = null;
  peers = 4;
  proposed = 0;
  /** Where the chain has stopped. */
  stoppedAt: number | null = null;

  get highest(): number {
    return 10_000 + Math.floor((this.stoppedAt ?? this.now) / periodSeconds);
  }

  get height(): number {
    return this.synced ?? this.highest;
  }

  methods(): BesuServer["methods"] {
    const { synced, height, highest } = this;
    const progress = {
      startingBlock: "0x0",
      currentBlock: quantity(height),
      highestBlock: quantity(highest),
    };
    const block = (number: number) => ({
      number: quantity(number),
      timestamp: quantity(begun / 1_000_000 + (number - 10_000) * periodSeconds),
    });
    return {
      eth_syncing: { result: synced === null ? false : progress },
      eth_blockNumber: { result: quantity(height) },
      eth_getBlockByNumber: ([of]) => ({ result: block(of === "latest" ? height : Number(of)) }),
      net_peerCount: { result: quantity(this.peers) },
      web3_clientVersion: { result: "besu/v26.3.0" },
      eth_chainId: { result: "0x7e2" },
      admin_nodeInfo: { result: { id: vectors.vectors[0]?.nodeId } },
      qbft_getValidatorsByBlockNumber: { result: five },
      qbft_getSignerMetrics: {
        result: [
          { address: five[0], proposedBlockCount: "0x1", lastProposedBlockNumber: quantity(this.proposed) },
        ],
      },
    };
  }
}

let server: BesuServer;
let node: Node;
let story: BesuStory;
let probe: ReturnType<typeof besuWith>["probe"];
let failures: number;

beforeEach(async () => {
  server = await serveBesu();
  server.paths = healthyPaths();
  node = new Node();
  failures = 0;
  const settings = { rpc: server.url, validator: true };
  story = new BesuStory(settings);
  probe = besuWith(settings).probe;
  story.takeAll([processFact(0, "Starting"), processFact(1, "Running")]);
});
afterEach(async () => {
  probe.close();
  await server.close();
});

/** Asks at that second, with what has changed since. */
async function ask(
  seconds: number,
  change: Partial<Pick<Node, "synced" | "peers" | "proposed" | "stoppedAt">> = {},
) {
  Object.assign(node, change, { now: seconds });
  server.methods = node.methods();
  const asked = await probe.ask(AbortSignal.timeout(30_000));
  failures = asked.tag === "failed" ? failures + 1 : 0;
  return story.take({ tag: "asked", asked, at: second(seconds), failures });
}

test("a node that syncs 10,000 blocks goes Syncing, Synced, Running, Consensus", async () => {
  expect(await ask(5, { synced: 0 })).toEqual(["Starting → Syncing (sync started)"]);
  await ask(10, { synced: 500 });
  expect(story.told?.application.sync).toMatchObject({
    reason: "behind",
    share: 500 / 10_005,
    detail: "behind 9,505 blocks, 100 blocks/s, about 2 min left",
  });
  expect(await ask(110, { synced: null })).toEqual(["Syncing → Synced (head reached)"]);
  await ask(115);
  expect(await ask(120)).toEqual(["Synced → Running (ready)"]);
  expect(await ask(125, { proposed: 10_061 })).toEqual(["Running → Consensus (joined consensus)"]);
  expect(story.rows.every(({ declared }) => declared)).toBe(true);
  expect(story.told?.application.node).toMatchObject({
    address: five[0],
    version: "besu/v26.3.0",
    chainId: 2018,
  });
});

test("a chain that stops is not Running, whatever its process says", async () => {
  await ask(5);
  await ask(15);
  expect(await ask(46, { stoppedAt: 15 })).toEqual(["Running → Syncing (fell behind)"]);
  expect(story.told?.application.says).toBe("not in sync: head is 30 s old");
});

test("a head that has long been frozen is seen at the first answer, by the blocks before it", async () => {
  expect(await ask(5, { stoppedAt: -600 })).toEqual(["Starting → Syncing (sync started)"]);
  expect(story.told?.application.sync).toMatchObject({ reason: "old-head", detail: "head is 10 min old" });
});

test("peers that go are said", async () => {
  await ask(5);
  expect(await ask(10, { peers: 0 })).toEqual(["Running → Syncing (fell behind)"]);
  expect(story.told?.application.says).toBe("not in sync: no peers");
});

test("a host that it does not allow is said with the option that mends it, and moves nothing", async () => {
  await ask(5);
  server.instead = { status: 403, body: '{"message":"Host not authorized."}' };
  for (const seconds of [10, 15, 20]) expect(await ask(seconds)).toEqual([]);
  expect(story.told).toMatchObject({
    health: { status: "unknown" },
    application: { says: expect.stringContaining("--host-allowlist") },
  });
  server.instead = null;
  expect(await ask(25, { proposed: 10_012 })).toEqual(["Running → Consensus (joined consensus)"]);
  expect(story.told?.health.status).toBe("ok");
});
