import { afterEach, beforeEach, expect, test } from "vitest";
import { known } from "./besu-answer";
import metrics from "./fixtures/derived/metrics.json";
import { askBesu } from "./testing/ask-besu";
import { healthyMethods } from "./testing/healthy-node";
import { type BesuServer, serveBesu } from "./testing/serve-besu";

let server: BesuServer;
beforeEach(async () => {
  server = await serveBesu(healthyMethods());
});
afterEach(() => server.close());

/** Every name of the fixture, as a scrape would have it. */
const scrape = (values: Record<string, string>) =>
  Object.entries(metrics.metrics)
    .flatMap(([name, help]) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} gauge`,
      `${name} ${values[name] ?? "0.0"}`,
    ])
    .join("\n");
const good = scrape({
  ethereum_blockchain_height: "1.2345E4",
  ethereum_best_known_block_number: "12350.0",
  ethereum_peer_count: "4.0",
  besu_blockchain_chain_head_timestamp: "1.764316800E9",
  besu_synchronizer_in_sync: "1.0",
});
const serve = (body: string, status = 200) => {
  server.paths["/metrics"] = { status, body, headers: { "content-type": "text/plain" } };
  return `${server.url}/metrics`;
};

test("a node without an RPC is known by its metrics", async () => {
  expect(await askBesu({ metrics: serve(good) })).toMatchObject({
    tag: "answered",
    answer: {
      head: known({ height: 12_345, at: 1_764_316_800_000_000 }),
      peers: known(4),
      best: 12_350,
      syncing: { tag: "unknown" },
    },
  });
});

test("beside an RPC metrics fill in what it does not say, and contradict nothing that it does", async () => {
  const asked = await askBesu({ rpc: server.url, metrics: serve(good) });
  expect(asked).toMatchObject({ answer: { head: known({ height: 0x68b3 }), peers: known(5), best: 12_350 } });
  server.methods.net_peerCount = { error: { code: -32604, message: "Method not enabled" } };
  expect(await askBesu({ rpc: server.url, metrics: serve(good) })).toMatchObject({
    answer: { peers: known(4) },
  });
});

test.each([
  ["nothing", "", 200],
  ["other metrics", "go_goroutines 7\n", 200],
  ["values that are no counts", scrape({}).replace(/ 0\.0$/gm, " NaN"), 200],
  ["a page that is not there", "", 404],
])("%s is no word of a node, and costs nothing beside an RPC", async (_, body, status) => {
  expect(await askBesu({ metrics: serve(body, status) })).toMatchObject({
    tag: "failed",
    failure: "nonsense",
  });
  expect(await askBesu({ rpc: server.url, metrics: serve(body, status) })).toMatchObject({
    answer: { peers: known(5), best: null },
  });
});
