import { expect, onTestFinished, test } from "vitest";
import { freePorts } from "./free-ports.mjs";
import { type JoinOptions, joinChain } from "./join-chain.mjs";
import { until } from "./testing/ask";

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
  const newcomer = await join({ identity: 7, port: newAt, peers: [behindAt], syncLast: 100 });
  await until(async () => newcomer.head() > 0);
  expect(behind.head()).toBeLessThan(1_000);
  expect(newcomer.head()).toBeGreaterThanOrEqual(1_900);
});
