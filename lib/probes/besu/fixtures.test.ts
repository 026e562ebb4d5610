import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { createExchange } from "../exchange";
import { limitsFor } from "./asking-limits";
import { besuAnswerSchema, known } from "./besu-answer";
import { createRpcClient } from "./rpc-client";
import { createRpcLogin } from "./rpc-login";
import { askBesu, textOf } from "./testing/ask-besu";
import { fixture, fixtureNames } from "./testing/fixture";
import { healthyMethods, healthyPaths, said } from "./testing/healthy-node";
import { type BesuServer, serveBesu } from "./testing/serve-besu";
import { validatorAddress } from "./validator-address";

/** Every file of the fixtures goes through the probe as a node would send it, and means what it should. */

let server: BesuServer;
beforeEach(async () => {
  server = await serveBesu(healthyMethods());
  server.paths = healthyPaths();
});
afterEach(() => server.close());

const three = [
  "0x42d4287eac8078828cf5f3486cfe601a275a49a5",
  "0xb1b2bc9582d2901afdc579f528a35ca41403fa85",
  "0xef1bfb6a12794615c9b0b5a21e6741f01e570185",
];
const proposers = [
  { address: "0x7ffc57839b00206d1ad20c69a1981b489f772031", last: 0x61 },
  { address: "0x42eb768f2244c8811c63729a21a3569731535f06", last: 0x63 },
  { address: "0xb279182d99e65703f0076e4812653aab85fca0f0", last: 0x62 },
];
const head = { height: 0x68b3, at: 0x5835c54d * 1_000_000 };
const off = said("derived/error.method-not-enabled");

/** An enode may name another key: the id is what the node says it is. */
function idIn(name: string): string {
  const info = fixture(name).response?.result;
  return z.object({ id: z.string() }).parse(info).id;
}

/** In place of which method a file is served, and what of the answer it is seen in. */
const answers: Record<string, { at: string; means: object; beside?: BesuServer["methods"] }> = {
  "derived/eth_syncing.false": { at: "eth_syncing", means: { syncing: known(null) } },
  "derived/eth_syncing.full": {
    at: "eth_syncing",
    means: { syncing: known({ starting: 0, current: 1, highest: 2 }) },
  },
  "derived/eth_syncing.snap": {
    at: "eth_syncing",
    means: { syncing: known({ starting: 0, current: 1, highest: 2 }) },
  },
  "rpc/eth_syncing": {
    at: "eth_syncing",
    means: { syncing: known({ starting: 0, current: 0x1518, highest: 0x9567a3 }) },
  },
  "rpc/eth_getBlockByNumber": { at: "eth_getBlockByNumber", means: { head: known(head) } },
  "rpc/eth_blockNumber": {
    at: "eth_blockNumber",
    means: { head: known({ height: 0x2377, at: null }) },
    beside: { eth_getBlockByNumber: off },
  },
  "derived/eth_blockNumber": {
    at: "eth_blockNumber",
    means: { head: known({ height: 0x22, at: null }) },
    beside: { eth_getBlockByNumber: off },
  },
  "rpc/net_peerCount": { at: "net_peerCount", means: { peers: known(5) } },
  "rpc/admin_peers": { at: "admin_peers", means: { peers: known(1) }, beside: { net_peerCount: off } },
  "derived/admin_peers.empty": {
    at: "admin_peers",
    means: { peers: known(0) },
    beside: { net_peerCount: off },
  },
  "rpc/web3_clientVersion": { at: "web3_clientVersion", means: { version: "besu/<version>" } },
  "rpc/eth_chainId": { at: "eth_chainId", means: { chainId: 2018 } },
  "rpc/admin_nodeInfo": {
    at: "admin_nodeInfo",
    means: {
      version: "besu/v26.3-develop-f2ec0fe/osx-aarch_64/oracle_openjdk-java-22",
      address: validatorAddress(idIn("rpc/admin_nodeInfo")),
    },
    beside: { web3_clientVersion: off },
  },
  "derived/admin_nodeInfo.test": {
    at: "admin_nodeInfo",
    means: { address: validatorAddress(idIn("derived/admin_nodeInfo.test")) },
  },
  "derived/admin_nodeInfo.no-listener": {
    at: "admin_nodeInfo",
    means: { version: "testnet/1.0/this/that" },
    beside: { web3_clientVersion: off },
  },
  "rpc/qbft_getValidatorsByBlockNumber": {
    at: "qbft_getValidatorsByBlockNumber",
    means: { chain: { tag: "known", value: { validators: three, by: null, head } } },
  },
  "rpc/ibft_getValidatorsByBlockNumber": {
    at: "ibft_getValidatorsByBlockNumber",
    means: { chain: { tag: "known", value: { validators: three, by: null, head } } },
  },
  "rpc/qbft_getSignerMetrics": {
    at: "qbft_getSignerMetrics",
    means: { chain: { tag: "known", value: { proposed: known(proposers) } } },
    beside: { qbft_getValidatorsByBlockNumber: said("rpc/qbft_getValidatorsByBlockNumber") },
  },
  "rpc/ibft_getSignerMetrics": {
    at: "ibft_getSignerMetrics",
    means: { chain: { tag: "known", value: { proposed: known(proposers) } } },
    beside: { ibft_getValidatorsByBlockNumber: said("rpc/ibft_getValidatorsByBlockNumber") },
  },
  "derived/error.method-not-enabled": {
    at: "eth_syncing",
    means: {
      syncing: {
        tag: "unknown",
        why: "eth_syncing is not enabled",
        mend: "Start Besu with ETH in --rpc-http-api: --rpc-http-api=ETH,NET,ADMIN,QBFT.",
      },
      head: known(head),
    },
  },
  "derived/error.method-not-found": {
    at: "eth_syncing",
    means: { syncing: { tag: "unknown", why: "eth_syncing is not known to this node" }, head: known(head) },
  },
  "derived/error.timeout": {
    at: "eth_syncing",
    means: { syncing: { tag: "unknown", why: "eth_syncing: Timeout expired (-32603)" }, head: known(head) },
  },
  "derived/error.p2p-disabled": {
    at: "net_peerCount",
    means: {
      peers: known(0),
      noPeersBecause: {
        why: "P2P has been disabled. This functionality is not available",
        mend: "Start Besu with --p2p-enabled=true.",
      },
    },
  },
};

/** Methods that a dashboard must not call, or has no use for. */
const notAsked = [
  "rpc/eth_protocolVersion",
  "rpc/ibft_discardValidatorVote",
  "rpc/ibft_getPendingVotes",
  "rpc/ibft_getValidatorsByBlockHash",
  "rpc/ibft_proposeValidatorVote",
  "rpc/net_enode",
  "rpc/net_listening",
  "rpc/net_services",
  "rpc/net_version",
  "rpc/qbft_discardValidatorVote",
  "rpc/qbft_getPendingVotes",
  "rpc/qbft_getValidatorsByBlockHash",
  "rpc/qbft_proposeValidatorVote",
  "rpc/txpool_besuStatistics",
];

const byHttp = [
  "derived/error.unauthorized",
  "derived/http.host-not-authorized",
  "derived/http.liveness",
  "derived/http.readiness.down",
  "derived/http.readiness.up",
];

/** Each is read in full by the test of its own part. */
const elsewhere = ["derived/log-lines", "derived/metrics", "derived/node-id-to-validator-address"];

test("no file of the fixtures is left out", () => {
  expect([...Object.keys(answers), ...notAsked, ...byHttp, ...elsewhere].sort()).toEqual(fixtureNames());
});

test.each(Object.entries(answers))("%s means what it says", async (name, { at, means, beside }) => {
  Object.assign(server.methods, beside, { [at]: said(name) });
  const asked = await askBesu({ rpc: server.url, validator: true });
  expect(asked).toMatchObject({ tag: "answered", answer: means });
  expect(besuAnswerSchema.parse(JSON.parse(JSON.stringify(asked))?.answer)).toBeTruthy();
});

test.each(notAsked)("%s is never asked of a node, and the client hands it on as it is", async (name) => {
  const method = name.slice("rpc/".length);
  server.methods[method] = said(name);
  await askBesu({ rpc: server.url, validator: true });
  expect(server.asked).not.toContain(method);

  const exchange = createExchange({});
  const login = createRpcLogin({ auth: null, url: server.url, exchange, secret: textOf });
  const client = createRpcClient(server.url, exchange, login);
  const [result] = await client.call([{ method }], limitsFor(10_000, AbortSignal.timeout(30_000)));
  exchange.close();
  expect(result).toEqual({ tag: "result", value: fixture(name).response?.result });
});

test("a readiness that is up or down is the node's own word, asked for the configured peers and blocks", async () => {
  const { body = "" } = fixture("derived/http.readiness.down");
  server.paths["/readiness"] = { status: 503, body };
  const down = await askBesu({ rpc: server.url, minPeers: 2, maxBehind: 10 });
  expect(down).toMatchObject({ answer: { ready: known(false), live: known(true) } });
  expect(server.asked).toContain("/readiness?minPeers=2&maxBlocksBehind=10");

  server.paths = healthyPaths();
  expect(await askBesu({ rpc: server.url })).toMatchObject({ answer: { ready: known(true) } });
});

test("where /readiness is not to be had, /liveness says whether it is up", async () => {
  server.paths = { "/liveness": { status: 200, body: fixture("derived/http.liveness").body ?? "" } };
  const asked = await askBesu({ rpc: server.url });
  expect(asked).toMatchObject({ answer: { live: known(true), ready: { tag: "unknown" } } });
});

test("a host that is not allowed is told with the option that mends it", async () => {
  const { httpStatus = 0, body = "" } = fixture("derived/http.host-not-authorized");
  server.instead = { status: httpStatus, body };
  expect(await askBesu({ rpc: server.url })).toEqual({
    tag: "failed",
    failure: "denied",
    why: "it does not allow the host 127.0.0.1 (HTTP 403, Host not authorized)",
    mend: "Start Besu with 127.0.0.1 in --host-allowlist.",
  });
});

test("a login that is wanted is told with the keys that give it", async () => {
  const { httpStatus = 0, response } = fixture("derived/error.unauthorized");
  server.instead = { status: httpStatus, body: JSON.stringify(response) };
  expect(await askBesu({ rpc: server.url })).toEqual({
    tag: "failed",
    failure: "denied",
    why: "it wants a login (HTTP 401, Unauthorized)",
    mend: expect.stringMatching(
      /besu\.user and besu\.password, or besu\.token.*--rpc-http-api-methods-no-auth/,
    ),
  });
});
