import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { known } from "./besu-answer";
import { askBesu, besuWith } from "./testing/ask-besu";
import { healthyMethods, healthyPaths } from "./testing/healthy-node";
import { type BesuServer, type HttpReply, serveBesu } from "./testing/serve-besu";

let server: BesuServer;
beforeEach(async () => {
  server = await serveBesu(healthyMethods());
  server.paths = healthyPaths();
});
afterEach(() => server.close());

const nonsense: [string, HttpReply, RegExp][] = [
  ["text", { status: 200, body: "hello" }, /^HTTP 200, and the answer is not JSON: hello$/],
  ["nothing", { status: 200, body: "" }, /not JSON: empty$/],
  ["half of an answer", { status: 200, body: '[{"jsonrpc":"2.0","id":1,"resu' }, /not JSON/],
  ["JSON that is no JSON-RPC", { status: 200, body: '"0x1"' }, /no JSON-RPC: "0x1"$/],
  ["an answer to none of the questions", { status: 200, body: "[]" }, /eth_syncing was not answered/],
  ["an answer without a result", { status: 200, body: '[{"id":1}]' }, /eth_syncing.*neither a result nor/],
  ["one answer for several", { status: 200, body: '{"id":1,"result":false}' }, /one answer came for several/],
  [
    "a page that is elsewhere",
    { status: 302, body: "", headers: { location: "/x" } },
    /^HTTP 302, a redirect/,
  ],
  ["no such page", { status: 404, body: "" }, /^HTTP 404: no JSON-RPC is served at this address$/],
  ["a proxy that has nobody behind it", { status: 502, body: "<html>" }, /^HTTP 502 instead of an answer$/],
  ["five megabytes", { status: 200, body: "x".repeat(5_000_000) }, /larger than 4096 kB/],
];

test.each(nonsense)("%s is nonsense, and said so", async (_, instead, why) => {
  server.instead = instead;
  expect(await askBesu({ rpc: server.url })).toMatchObject({
    tag: "failed",
    failure: "nonsense",
    why: expect.stringMatching(why),
  });
});

test.each([
  ["eth_blockNumber", "34", /^eth_blockNumber answered "34", which is not a hexadecimal number$/],
  ["eth_blockNumber", 34, /answered 34,/],
  ["eth_blockNumber", "0x", /answered "0x",/],
  ["eth_blockNumber", "0x022", /answered "0x022",/],
  ["eth_blockNumber", "0xfffffffffffffff", /answered "0xfffffffffffffff",/],
  ["eth_blockNumber", "0xzz", /which is not a hexadecimal number/],
  ["net_peerCount", "-0x1", /which is not a hexadecimal number/],
  ["net_peerCount", null, /answered null/],
  ["eth_syncing", true, /which is not false or how far a sync is/],
  ["eth_syncing", { startingBlock: "0x0", currentBlock: "1", highestBlock: "0x2" }, /which is not false or/],
  ["eth_getBlockByNumber", { number: "0x1" }, /which is not a block/],
])("%s that answers %j fails the asking as nonsense", async (method, result, why) => {
  server.methods[method] = { result };
  expect(await askBesu({ rpc: server.url })).toMatchObject({
    tag: "failed",
    failure: "nonsense",
    why: expect.stringMatching(why),
  });
});

test.each([
  ["admin_nodeInfo", []],
  ["admin_nodeInfo", { id: 7 }],
  ["eth_chainId", "2018"],
  ["web3_clientVersion", {}],
  ["qbft_getValidatorsByBlockNumber", ["0x12"]],
])("%s that answers %j costs nothing else", async (method, result) => {
  server.methods[method] = { result };
  expect(await askBesu({ rpc: server.url })).toMatchObject({ tag: "answered", answer: { peers: known(5) } });
});

test("what is extra in an answer does no harm", async () => {
  server.methods.eth_syncing = {
    result: { startingBlock: "0x0", currentBlock: "0x1", highestBlock: "0x2", mood: "good" },
  };
  expect(await askBesu({ rpc: server.url })).toMatchObject({
    answer: { syncing: known({ starting: 0, current: 1, highest: 2 }) },
  });
});

test("a node that refuses batches is asked one by one, and batches are not tried again", async () => {
  server.takesBatches = false;
  expect(await askBesu({ rpc: server.url })).toMatchObject({
    answer: { syncing: known(null), peers: known(5) },
  });
});

test("a node in which every question takes too long is silent", async () => {
  const late = { error: { code: -32603, message: "Timeout expired" } };
  server.methods = {
    eth_syncing: late,
    eth_blockNumber: late,
    eth_getBlockByNumber: late,
    net_peerCount: late,
  };
  expect(await askBesu({ rpc: server.url })).toMatchObject({
    failure: "silent",
    why: "the node itself got no answer in time: Timeout expired",
  });
});

test("where nobody listens the RPC is refused", async () => {
  await server.close();
  expect(await askBesu({ rpc: server.url })).toMatchObject({ tag: "failed", failure: "refused" });
  server = await serveBesu();
});

test("a node that says nothing has failed when its time is over", async () => {
  const mute: Server = createServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const rpc = `http://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  expect(await askBesu({ rpc, timeoutMs: 100 })).toMatchObject({ tag: "failed", failure: "silent" });
  mute.close();
});

test("an asking that is called off rejects with the reason", async () => {
  const { probe } = besuWith({ rpc: server.url });
  const reason = new Error("it is not wanted any more");
  await expect(probe.ask(AbortSignal.abort(reason))).rejects.toBe(reason);
  probe.close();
});
