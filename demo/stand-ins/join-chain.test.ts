import { expect, onTestFinished, test } from "vitest";
import { freePorts } from "./free-ports.mjs";
import { type JoinOptions, joinChain } from "./join-chain.mjs";
import { until } from "./testing/ask";

/** Waits ten times as long for somebody who has all blocks. */
const late = { identity: 7, syncLast: 100, foundAfterMs: 1_000 };

async function join(options: JoinOptions) {
  const chain = await joinChain({ readyBlocks: 2_000, foundAfterMs: 100, ...options })(() => undefined);
  onTestFinished(() => chain.close());
  return chain;
}

test("who meets a node first that is itself far behind does not begin as far back", async () => {
  const ports = await freePorts(3);
  ports.sort((one, other) => one - other);
  // Of two nodes the one with the higher port dials: so the newcomer meets the one that is behind first.
  const [behindAt = 0, newAt = 0, founderAt = 0] = ports;
  const founder = await join({ identity: 1, port: founderAt, peers: [behindAt, newAt] });
  const behind = await join({ identity: 6, port: behindAt, peers: [], syncLast: 2_000, syncPerSecond: 40 });
  await until(async () => founder.head() === 2_000 && behind.head() > 0);
  const newcomer = await join({ ...late, port: newAt, peers: [behindAt] });
  await until(async () => newcomer.head() > 0);
  expect(behind.head()).toBeLessThan(1_000);
  expect(newcomer.head()).toBeGreaterThanOrEqual(1_900);
});

test("where nobody has all blocks the best there is is joined in the end", async () => {
  const [behindAt = 0, newAt = 0, founderAt = 0] = (await freePorts(3)).sort((one, other) => one - other);
  const founder = await join({ identity: 1, port: founderAt, peers: [behindAt] });
  const behind = await join({ identity: 6, port: behindAt, peers: [], syncLast: 2_000, syncPerSecond: 40 });
  await until(async () => founder.head() === 2_000 && behind.head() > 0);
  await founder.close();
  const newcomer = await join({ ...late, port: newAt, peers: [behindAt], foundAfterMs: 100 });
  await until(async () => newcomer.head() > 0);
  expect(newcomer.head()).toBeLessThanOrEqual(behind.head());
});

test("who is linked to a follower alone joins once that has caught up", async () => {
  const [behindAt = 0, newAt = 0, founderAt = 0] = (await freePorts(3)).sort((one, other) => one - other);
  const founder = await join({ identity: 1, port: founderAt, peers: [behindAt] });
  const behind = await join({ identity: 6, port: behindAt, peers: [], syncLast: 400, syncPerSecond: 200 });
  await until(async () => founder.head() === 2_000 && behind.head() >= 1_600);
  const newcomer = await join({ ...late, port: newAt, peers: [behindAt] });
  await until(async () => newcomer.head() === 2_000);
  expect(newcomer.at(1_800)).toEqual(founder.at(1_800));
});
