import { afterAll, beforeAll, expect, test } from "vitest";
import { validatorAddresses } from "./identities.mjs";
import { startChain } from "./start-chain.mjs";
import { besuFixture, heightOf, resultOf, until } from "./testing/ask";

/** The tests go on from each other, as an outage does. */
type Chain = Awaited<ReturnType<typeof startChain>>;
let chain: Chain;
beforeAll(async () => {
  chain = await startChain({ observers: 1, periodMs: 200 });
});
afterAll(() => chain?.close());

function node(name: string) {
  const found = chain.nodes.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
}
const heights = (names: readonly string[]) => Promise.all(names.map((name) => heightOf(node(name).rpc)));
const observer = () => node("observer-1").rpc;

/** Until the observer has seen so many blocks more. */
async function goesOn(blocks: number) {
  const from = await heightOf(observer());
  await until(async () => (await heightOf(observer())) >= from + blocks);
}

test("all five propose in turn, and every node has the same blocks", async () => {
  await until(async () => (await heightOf(observer())) >= 100);
  await goesOn(12);
  const head = await heightOf(observer());
  const range = [`0x${(head - 4).toString(16)}`, `0x${head.toString(16)}`];
  const metrics = await resultOf(observer(), "qbft_getSignerMetrics", range);
  expect(metrics.map(({ address }: { address: string }) => address)).toEqual(validatorAddresses);
  expect(metrics.map((each: { proposedBlockCount: string }) => each.proposedBlockCount)).toEqual(
    Array(5).fill("0x1"),
  );
  const blocks = await Promise.all(
    chain.nodes.map(({ rpc }) => resultOf(rpc, "eth_getBlockByNumber", [range[0], false])),
  );
  expect(new Set(blocks.map(({ hash }) => hash)).size).toBe(1);
  expect(await resultOf(observer(), "net_peerCount")).toBe("0x5");
});

test("with one of five down the chain goes on, without it", async () => {
  await node("validator-1").stop("SIGKILL");
  await goesOn(2);
  const from = (await heightOf(observer())) + 1;
  await goesOn(9);
  const metrics = await resultOf(observer(), "qbft_getSignerMetrics", [`0x${from.toString(16)}`, "latest"]);
  const silent = metrics.filter((each: { proposedBlockCount: string }) => each.proposedBlockCount === "0x0");
  expect(silent.map(({ address }: { address: string }) => address)).toEqual([node("validator-1").address]);
  expect(await resultOf(observer(), "net_peerCount")).toBe("0x4");
});

test("with two down it stands still at one height, and the log says round by round for how long", async () => {
  await node("validator-2").stop();
  const left = ["validator-3", "validator-4", "validator-5"];
  const three = node("validator-3");
  const since = three.lines.length;
  const said = () => three.lines.slice(since);
  await until(() => said().some((line) => /Moved to round 3 which will expire in \d+ seconds$/.test(line)));
  const stands = await heights(left);
  expect(new Set(stands).size).toBe(1);
  await until(() => said().some((line) => line.includes("Moved to round 4 which will expire in 6 seconds")));
  expect(await heights(left)).toEqual(stands);
  expect(await resultOf(three.rpc, "eth_syncing")).toBe(false);
  expect(said().join("\n")).toMatch(
    /BFT round summary \(quorum = 4\)\n.*Address: 0x[\da-f]{40} {2}Round: \d/,
  );
});

test("one is back: it catches up with the others, and the chain goes on with it", async () => {
  const one = node("validator-1");
  const stood = await heightOf(observer());
  await one.start();
  await goesOn(8);
  expect(await heightOf(one.rpc)).toBeGreaterThan(stood);
  const text = one.lines.join("\n");
  expect(text).toMatch(/Stopping BFT mining coordinator while we are syncing/);
  expect(text).toMatch(/Starting BFT mining coordinator following sync[\s\S]*Produced #/);
});

test("a node far behind syncs from the others with a head that moves", async () => {
  const five = node("validator-5");
  await five.tell({ sync: { blocks: 100, perSecond: 40 } });
  const seen = new Set<number>();
  await until(async () => {
    const status = await resultOf(five.rpc, "eth_syncing");
    if (status !== false) seen.add(Number(status.currentBlock));
    return status === false && seen.size > 0;
  });
  expect(seen.size).toBeGreaterThan(2);
  await goesOn(2);
});

test("a validator that votes and does not propose costs a round each time, and the chain goes on", async () => {
  const three = node("validator-3");
  await node("validator-2").start();
  await three.tell({ proposing: false });
  await goesOn(2);
  const from = (await heightOf(observer())) + 1;
  await goesOn(8);
  const metrics = await resultOf(observer(), "qbft_getSignerMetrics", [`0x${from.toString(16)}`, "latest"]);
  const own = metrics.find(({ address }: { address: string }) => address === three.address);
  expect(own.proposedBlockCount).toBe("0x0");
});

test("one that is cut off from its peers stands alone, says so, and joins again", async () => {
  const four = node("validator-4");
  await four.tell({ peers: 0 });
  const alone = await heightOf(four.rpc);
  await goesOn(3);
  expect(await heightOf(four.rpc)).toBe(alone);
  expect(await resultOf(four.rpc, "net_peerCount")).toBe("0x0");
  await until(() => four.lines.some((line) => line.includes("Unable to find sync target.")));
  await four.tell({ peers: null });
  await until(async () => (await heightOf(four.rpc)) > alone);
});

test("their logs have Besu's lines, each of those that such a chain has occasion for", () => {
  const lines = chain.nodes.flatMap((each) => each.lines);
  const { lines: known }: { lines: { meaning: string; pattern: string }[] } =
    besuFixture("derived/log-lines");
  const unseen = known.filter(({ pattern }) => {
    // "Imported empty block #… / Imported #…" are two lines; {} and … stand for anything.
    const forms = pattern.split(/(?<=…) \/ /).map((form) => form.split(/\{\}|…/));
    return !forms.every((parts) => lines.some((line) => hasInOrder(line, parts)));
  });
  // A sync of more than 200 blocks, a fault of the program, and a set that changes are not of this chain.
  expect(unseen.map(({ meaning }) => meaning)).toEqual(["full sync progress", "BFT dead", "validator set"]);
});

function hasInOrder(line: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = line.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}
