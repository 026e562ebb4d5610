import { once } from "node:events";
import { request } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type StandInNode, startNode } from "./start-node.mjs";
import { ask, besuFixture, heightOf, resultOf, until } from "./testing/ask";

let node: StandInNode;
const crashes: number[] = [];
beforeEach(async () => {
  node = await startNode({ identity: 2, controlPort: 0, onCrash: (code) => crashes.push(code) });
});
afterEach(() => node.close());

const syncing = async () => resultOf(node.rpc, "eth_syncing");

test("a sync of ten thousand blocks moves from where it began to the head, and then there is none", async () => {
  await node.tell({ sync: { blocks: 10_000, perSecond: 5_000 } });
  const seen: number[] = [];
  for (let status = await syncing(); status !== false; status = await syncing()) {
    expect(Number(status.highestBlock) - Number(status.startingBlock)).toBeGreaterThanOrEqual(10_000);
    seen.push(Number(status.currentBlock));
  }
  expect(seen.length).toBeGreaterThan(2);
  expect(seen).toEqual(seen.toSorted((one, other) => one - other));
  expect(await heightOf(node.rpc)).toBeGreaterThanOrEqual(20_000);
});

test("a node far behind is not ready, and says so only to those who ask for readiness", async () => {
  await node.tell({ sync: { blocks: 10_000, perSecond: 1 } });
  expect((await fetch(`${node.rpc}/readiness`)).status).toBe(503);
  expect((await fetch(`${node.rpc}/readiness?maxBlocksBehind=20000`)).status).toBe(200);
  expect((await fetch(`${node.rpc}/readiness?maxBlocksBehind=many`)).status).toBe(503);
  expect((await fetch(`${node.rpc}/liveness`)).status).toBe(200);
});

test("a head that was frozen stands still while eth_syncing says false, as Besu does without a sync target", async () => {
  await node.close();
  node = await startNode({ periodMs: 20 });
  await node.tell({ freeze: true });
  const frozen = await heightOf(node.rpc);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await heightOf(node.rpc)).toBe(frozen);
  expect(await syncing()).toBe(false);
  await node.tell({ freeze: false });
  await until(async () => (await heightOf(node.rpc)) > frozen + 10);
});

test("without peers there is no sync and readiness is down", async () => {
  await node.tell({ sync: { blocks: 1_000, perSecond: 1 }, peers: 0 });
  expect(await syncing()).toBe(false);
  expect(await resultOf(node.rpc, "net_peerCount")).toBe("0x0");
  expect(await resultOf(node.rpc, "admin_peers")).toEqual([]);
  expect((await fetch(`${node.rpc}/readiness`)).status).toBe(503);
});

test("a validator that stops proposing falls behind in the signers' metrics, and only it", async () => {
  await node.close();
  node = await startNode({ identity: 2, periodMs: 20 });
  await node.tell({ proposing: false });
  const from = (await heightOf(node.rpc)) + 1;
  await until(async () => (await heightOf(node.rpc)) > from + 10);
  const metrics = await resultOf(node.rpc, "qbft_getSignerMetrics", [`0x${from.toString(16)}`, "latest"]);
  const silent = metrics.filter((each: { proposedBlockCount: string }) => each.proposedBlockCount === "0x0");
  expect(silent).toEqual([
    { address: node.address, proposedBlockCount: "0x0", lastProposedBlockNumber: "0x0" },
  ]);
});

test("a login gives a token, and without one nothing is answered but the health paths", async () => {
  await node.tell({ auth: { user: "operator", password: "only for this test" } });
  const refused = await ask(node.rpc, "eth_blockNumber");
  const { httpStatus, response } = besuFixture("derived/error.unauthorized");
  expect(refused).toEqual({ status: httpStatus, body: response });
  const login = (password: string) =>
    fetch(`${node.rpc}/login`, { method: "POST", body: JSON.stringify({ username: "operator", password }) });
  expect((await login("wrong")).status).toBe(401);
  const { token } = (await (await login("only for this test")).json()) as { token: string };
  const answered = await ask(node.rpc, "eth_blockNumber", [], { authorization: `Bearer ${token}` });
  expect(answered.body.result).toMatch(/^0x/);
  const forged = await ask(node.rpc, "eth_blockNumber", [], { authorization: `Bearer ${token}x` });
  expect(forged.status).toBe(401);
  expect((await fetch(`${node.rpc}/liveness`)).status).toBe(200);
});

test("an error and an answer that were told are given, and taken back", async () => {
  await node.tell({ error: { method: "net_peerCount", code: -32000, message: "P2P has been disabled" } });
  const { error } = (await ask(node.rpc, "net_peerCount")).body;
  expect(error).toEqual({ code: -32000, message: "P2P has been disabled" });
  await node.tell({ answer: { method: "eth_syncing", result: "soon" } });
  expect(await syncing()).toBe("soon");
  await node.tell({ reset: true });
  expect(await resultOf(node.rpc, "net_peerCount")).toBe("0x4");
  expect(await syncing()).toBe(false);
});

test("a batch is answered in its order; what is no JSON-RPC is refused", async () => {
  const post = (body: string) => fetch(node.rpc ?? "", { method: "POST", body });
  const batch = ["net_version", "no_such", "eth_chainId"].map((method, id) => ({
    jsonrpc: "2.0",
    id,
    method,
  }));
  const answers = (await (await post(JSON.stringify(batch))).json()) as { id: number }[];
  expect(answers.map(({ id }) => id)).toEqual([0, 1, 2]);
  expect((await post("{")).status).toBe(400);
  expect((await post("[]")).status).toBe(400);
});

test("one that hangs takes the question and never answers", async () => {
  await node.tell({ hang: true });
  const asking = ask(node.rpc, "eth_syncing");
  const waiting = new Promise((resolve) => setTimeout(resolve, 300, "nothing yet"));
  expect(await Promise.race([asking, waiting])).toBe("nothing yet");
  asking.catch(() => {});
});

test("one that drips sends its answer byte by byte", async () => {
  await node.tell({ drip: true });
  const asking = request(`${node.rpc}/liveness`).end();
  const [answer] = await once(asking, "response");
  const [first] = await once(answer, "data");
  expect(first.length).toBe(1);
  asking.destroy();
});

test("its RPC can be away and come back at the same address", async () => {
  await node.tell({ rpc: false });
  await expect(ask(node.rpc, "eth_syncing")).rejects.toThrow();
  await node.tell({ rpc: true });
  expect(await syncing()).toBe(false);
});

test("it is told over its control port too, and what is no order is refused in words", async () => {
  const tell = (body: unknown, type = "application/json") =>
    fetch(`${node.control}/tell`, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify(body),
    });
  expect((await tell({ peers: 1 })).status).toBe(200);
  expect(await resultOf(node.rpc, "net_peerCount")).toBe("0x1");
  const refused = await tell({ pears: 1 });
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("pears");
  expect((await tell({ peers: 2 }, "text/plain")).status).toBe(400);
  await tell({ crash: 3 });
  expect(crashes).toEqual([3]);
});

test("five hundred of them live in one process", async () => {
  const many = await Promise.all(Array.from({ length: 500 }, () => startNode()));
  const heights = await Promise.all(many.map(({ rpc }) => heightOf(rpc)));
  expect(heights.every((height) => height >= 20_000)).toBe(true);
  await Promise.all(many.map((each) => each.close()));
});
