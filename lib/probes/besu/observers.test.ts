import { afterEach, beforeEach, expect, test } from "vitest";
import { known } from "./besu-answer";
import { besuWith } from "./testing/ask-besu";
import { healthyMethods, said } from "./testing/healthy-node";
import { type BesuServer, serveBesu } from "./testing/serve-besu";

let first: BesuServer;
let second: BesuServer;
const qbft = () => ({
  ...healthyMethods(),
  qbft_getValidatorsByBlockNumber: said("rpc/qbft_getValidatorsByBlockNumber"),
  qbft_getSignerMetrics: said("rpc/qbft_getSignerMetrics"),
});
beforeEach(async () => {
  [first, second] = await Promise.all([serveBesu(qbft()), serveBesu(qbft())]);
});
afterEach(() => Promise.all([first.close(), second.close()]));

const validator = () =>
  besuWith(
    { validator: true },
    { "ct102/sentry-1": { rpc: first.url }, "ct103/sentry-2": { rpc: second.url } },
  );
const ask = (besu: ReturnType<typeof validator>) => besu.probe.ask(AbortSignal.timeout(30_000));

test("a validator without an RPC is known by the first observer that answers", async () => {
  const besu = validator();
  expect(besu.readsLog).toBe(true);
  expect(await ask(besu)).toMatchObject({
    tag: "answered",
    answer: {
      syncing: { tag: "unknown", why: "it has no RPC" },
      chain: {
        tag: "known",
        value: { by: "ct102/sentry-1", proposed: { tag: "known" }, head: { height: 0x68b3 } },
      },
    },
  });
  expect(second.requests).toBe(0);
  besu.probe.close();
});

test("an observer that fails is passed over, and is asked last for a while", async () => {
  const besu = validator();
  first.instead = { status: 500, body: "" };
  expect(await ask(besu)).toMatchObject({ answer: { chain: { value: { by: "ct103/sentry-2" } } } });
  first.instead = null;
  const before = first.requests;
  expect(await ask(besu)).toMatchObject({ answer: { chain: { value: { by: "ct103/sentry-2" } } } });
  expect(first.requests).toBe(before);
  besu.probe.close();
});

test("where no observer answers, the last one's reason is told with its name and what mends it", async () => {
  const besu = validator();
  first.instead = { status: 500, body: "" };
  second.methods.qbft_getSignerMetrics = said("derived/error.method-not-enabled");
  expect(await ask(besu)).toMatchObject({
    tag: "answered",
    answer: {
      chain: {
        tag: "unknown",
        why: "ct103/sentry-2: qbft_getSignerMetrics is not enabled",
        mend: expect.stringContaining("--rpc-http-api=ETH,NET,ADMIN,QBFT"),
      },
    },
  });
  besu.probe.close();
});

test("a chain of IBFT 2.0 is found out, and then asked in its own words alone", async () => {
  first.methods = {
    ...healthyMethods(),
    ibft_getValidatorsByBlockNumber: said("rpc/ibft_getValidatorsByBlockNumber"),
    ibft_getSignerMetrics: said("rpc/ibft_getSignerMetrics"),
  };
  const besu = validator();
  await ask(besu);
  first.asked.length = 0;
  expect(await ask(besu)).toMatchObject({ answer: { chain: { tag: "known" } } });
  expect(first.asked.filter((method) => method.startsWith("qbft"))).toEqual([]);
  expect(first.asked).toContain("ibft_getSignerMetrics");
  besu.probe.close();
});

test("a node that says itself who proposes needs no observer", async () => {
  const own = await serveBesu(qbft());
  const besu = besuWith({ rpc: own.url, validator: true }, { "ct102/sentry-1": { rpc: first.url } });
  await ask(besu);
  const before = first.requests;
  expect(await ask(besu)).toMatchObject({ answer: { chain: { value: { by: null } } } });
  expect(first.requests).toBe(before);
  besu.probe.close();
  await own.close();
});

test("more validators than Besu's own hundred blocks show are asked for over as many as it needs", async () => {
  const addresses = Array.from({ length: 60 }, (_, index) => `0x${String(index).padStart(40, "0")}`);
  first.methods.qbft_getValidatorsByBlockNumber = { result: addresses };
  const params: unknown[] = [];
  first.methods.qbft_getSignerMetrics = (asked) => {
    params.push(asked);
    return { result: [] };
  };
  const besu = validator();
  expect(await ask(besu)).toMatchObject({ answer: { chain: { value: { proposed: known([]) } } } });
  expect(params).toEqual([[`0x${(0x68b3 - 120).toString(16)}`, "latest"]]);
  besu.probe.close();
});
