import { createPublicClient, http, keccak256, type PublicRpcSchema, rpcSchema } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { identityOf, validators } from "./identities.mjs";
import { type StandInNode, startNode } from "./start-node.mjs";
import { ask, besuFixture, type Json, resultOf, shapeOf } from "./testing/ask";

let node: StandInNode;
beforeAll(async () => {
  node = await startNode({ identity: 1, metricsPort: 0 });
});
afterAll(() => node.close());

/** What Besu leaves out by its settings (IPv6, discovery), and what each chain's genesis file decides. */
const dependent = /[vV]6\b|^enr\b|^activeFork\b|\.config\.|\.config$/;
const shape = (value: Json) =>
  shapeOf({ result: value }).filter((key) => !dependent.test(key.slice("result.".length)));

const params: Record<string, unknown[]> = {
  eth_getBlockByNumber: ["latest", false],
  qbft_getValidatorsByBlockNumber: ["latest"],
};

describe("answers have the shape of the documented ones, key by key", () => {
  test.each([
    "eth_blockNumber",
    "eth_getBlockByNumber",
    "eth_chainId",
    "net_peerCount",
    "net_version",
    "net_listening",
    "net_enode",
    "web3_clientVersion",
    "admin_nodeInfo",
    "admin_peers",
    "qbft_getValidatorsByBlockNumber",
    "qbft_getSignerMetrics",
    "txpool_besuStatistics",
  ])("%s", async (method) => {
    const result = await resultOf(node.rpc, method, params[method]);
    expect(shape(result)).toEqual(shape(besuFixture(`rpc/${method}`).response.result));
  });

  test("eth_syncing, as a full sync has it, and false without a sync", async () => {
    expect(await resultOf(node.rpc, "eth_syncing")).toBe(false);
    await node.tell({ sync: { blocks: 10_000, perSecond: 1 } });
    const { pulledStates, knownStates, ...full } = besuFixture("rpc/eth_syncing").response.result;
    expect([pulledStates, knownStates]).not.toContain(undefined);
    expect(shape(await resultOf(node.rpc, "eth_syncing"))).toEqual(shape(full));
    await node.tell({ sync: { blocks: 0 } });
  });
});

describe("refusals are word for word the documented ones", () => {
  test("a method that is not known, and one that is not enabled", async () => {
    expect((await ask(node.rpc, "clique_getSigners")).body).toEqual(
      besuFixture("derived/error.method-not-found").response,
    );
    const closed = await startNode({ apis: ["ETH", "NET", "WEB3"] });
    const answer = await ask(closed.rpc, "admin_nodeInfo");
    expect(answer.body).toEqual(besuFixture("derived/error.method-not-enabled").response);
    expect(answer.status).toBe(200);
    await closed.close();
  });

  test("a Host that is not on its list", async () => {
    await node.tell({ hosts: ["node.example.net"] });
    const { httpStatus, body } = besuFixture("derived/http.host-not-authorized");
    const answer = await ask(node.rpc, "eth_syncing");
    expect(answer).toEqual({ status: httpStatus, body: JSON.parse(body) });
    expect((await fetch(`${node.rpc}/liveness`)).status).toBe(403);
    await node.tell({ refuseHost: false });
  });

  test.each(["http.liveness", "http.readiness.up", "http.readiness.down"])("%s", async (name) => {
    const { request, httpStatus, body } = besuFixture(`derived/${name}`);
    await node.tell({ peers: name.endsWith("down") ? 1 : 4 });
    const answer = await fetch(`${node.rpc}${request.replace("GET ", "")}`);
    expect([answer.status, await answer.json()]).toEqual([httpStatus, JSON.parse(body)]);
    await node.tell({ peers: 4 });
  });
});

test("its metrics have Besu's names, and none that Besu has not", async () => {
  const text = await (await fetch(node.metrics ?? "")).text();
  const names = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  expect(Object.keys(besuFixture("derived/metrics").metrics)).toEqual(expect.arrayContaining(names));
  expect(text).toMatch(/^ethereum_blockchain_height 2\d{4}\.0$/m);
});

test("an address is what the node id gives, for the vectors of Besu's tests and for our own nodes", () => {
  const vectors: { nodeId: string; address: string }[] = besuFixture(
    "derived/node-id-to-validator-address",
  ).vectors;
  expect(vectors.map(({ nodeId, address }) => ({ nodeId, address }))).toEqual(validators.slice(0, 2));
  for (const { nodeId, address } of [1, 2, 3, 4, 5, 6, 7].map(identityOf)) {
    expect(`0x${keccak256(`0x${nodeId}`).slice(-40)}`).toBe(address);
  }
});

test("a client made for Ethereum nodes reads it", async () => {
  type Syncing = { Method: "eth_syncing"; Parameters?: undefined; ReturnType: unknown };
  const client = createPublicClient({
    transport: http(node.rpc ?? ""),
    rpcSchema: rpcSchema<[...PublicRpcSchema, Syncing]>(),
  });
  expect(await client.getChainId()).toBe(2018);
  const head = await client.getBlockNumber();
  const block = await client.getBlock();
  expect(block.number).toBeGreaterThanOrEqual(head);
  const before = await client.getBlock({ blockNumber: block.number - 1n });
  expect(block.parentHash).toBe(before.hash);
  expect(validators.map(({ address }) => address)).toContain(block.miner);
  // Fresh, as a chain's head is: the newest block is of the last period.
  expect(Number(block.timestamp) * 1000).toBeGreaterThan(Date.now() - 60_000);
  expect(await client.request({ method: "eth_syncing" })).toBe(false);
  expect(await client.request({ method: "web3_clientVersion" })).toMatch(/^besu\/v[\d.]+-stand-in\//);
});
