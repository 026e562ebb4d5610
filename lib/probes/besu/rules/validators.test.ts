import { expect, test } from "vitest";
import { type BesuAnswer, known, unknown } from "../besu-answer";
import {
  answerAt,
  answered,
  BesuStory,
  failedAsking,
  logged,
  processFact,
  second,
  tick,
} from "../testing/besu-story";

const address = (digit: number) => `0x${String(digit).repeat(40)}`;
const five = [1, 2, 3, 4, 5].map(address);
const me = address(1);
const start = [processFact(0, "Starting"), processFact(1, "Running")];
const noRpc = unknown("it has no RPC");

/** Five validators, of which this one proposed the block so many before the head last. */
function chainAt(
  seconds: number,
  since: number | null,
  said: Partial<{ by: string | null; head: object }> = {},
) {
  const { head } = answerAt(seconds);
  if (head.tag === "unknown") throw new Error("it has a head");
  const last = since === null ? null : head.value.height - since;
  return known({
    validators: five,
    proposed: known([{ address: me, last }]),
    head: head.value,
    by: null,
    ...said,
  }) as BesuAnswer["chain"];
}
const proposing = (seconds: number, since: number | null) =>
  answered(seconds, { address: me, chain: chainAt(seconds, since) });
/** What an observer says of a validator that cannot be asked itself. */
const seenBy = (seconds: number, since: number | null, chain = {}) =>
  answered(seconds, {
    syncing: noRpc,
    head: noRpc,
    peers: noRpc,
    ready: noRpc,
    live: noRpc,
    chain: chainAt(seconds, since, { by: "ct102/sentry-1", ...chain }),
  });

function validator(settings = {}): BesuStory {
  return new BesuStory({ validator: true, address: me, ...settings });
}
function withoutRpc(settings = {}): BesuStory {
  return validator({ rpc: null, observers: ["ct102/sentry-1"], ...settings });
}

test("a validator that has proposed since it started joins consensus, and not for what it did before", () => {
  const story = validator();
  story.takeAll([...start, proposing(5, 3)]);
  expect(story.state).toBe("Running");
  expect(story.take(proposing(10, 5))).toEqual([]);
  expect(story.told?.application.node).toMatchObject({
    participates: "unknown",
    participation: "consensus unknown: it has not proposed since it started, and it is early to tell",
  });
  expect(story.take(proposing(15, 0))).toEqual(["Running → Consensus (joined consensus)"]);
  expect(story.told?.application).toMatchObject({
    says: "in sync at block 1,007; takes part: it has proposed one of the last 10 blocks",
    node: { address: me, validator: "yes", participates: "yes", validators: 5, lastProposed: 1007 },
  });
});

test("a validator that proposes none of the blocks it should leaves consensus, and is degraded", () => {
  const story = validator();
  story.takeAll([...start, proposing(5, 0), proposing(10, 0)]);
  expect(story.state).toBe("Consensus");
  expect(story.take(proposing(15, 9))).toEqual([]);
  expect(story.take(proposing(40, 10))).toEqual(["Consensus → Running (left consensus)"]);
  expect(story.told).toMatchObject({
    health: { status: "degraded", detail: "has proposed none of the last 10 blocks, its last was 1,010" },
    application: { disagreement: null },
  });
});

test("a node that is found in the validator set is a validator without being configured as one", () => {
  const story = new BesuStory();
  story.takeAll([...start, proposing(5, 0), proposing(10, 0)]);
  expect(story.state).toBe("Consensus");
});

test("a configured validator that is not in the set is told so", () => {
  const story = validator({ address: address(9) });
  story.takeAll([...start, proposing(5, 0)]);
  expect(story.state).toBe("Running");
  const words = `configured as a validator, and ${address(9)} is not in the validator set`;
  expect(story.told).toMatchObject({
    health: { status: "degraded", detail: words },
    application: { node: { validator: "no", participates: "no" } },
  });
  expect(story.told?.application.checks).toContainEqual({
    what: "In the validator set",
    result: "no",
    detail: words,
  });
});

test("what cannot be known is Running, consensus unknown, with what mends it", () => {
  const mend = "Start Besu with QBFT in --rpc-http-api: --rpc-http-api=ETH,NET,ADMIN,QBFT.";
  const chain = unknown("qbft_getValidatorsByBlockNumber is not enabled", mend);
  const story = validator();
  story.takeAll([...start, answered(5, { chain }), answered(10, { chain })]);
  expect(story.state).toBe("Running");
  expect(story.told).toMatchObject({
    health: { status: "ok" },
    application: {
      node: {
        participates: "unknown",
        participation: "consensus unknown: qbft_getValidatorsByBlockNumber is not enabled",
      },
    },
  });
  expect(story.told?.application.checks.at(-1)).toMatchObject({
    result: "unknown",
    detail: expect.stringContaining(mend),
  });
});

test("a question about consensus that is not answered moves no validator out of it", () => {
  const story = validator();
  story.takeAll([...start, proposing(5, 0), proposing(10, 0)]);
  expect(story.takeAll([answered(15, { chain: unknown("silent") }), failedAsking(20, 1)])).toEqual([]);
  expect(story.state).toBe("Consensus");
});

test("a validator without an RPC is Running by its process, and in consensus by an observer", () => {
  const story = withoutRpc();
  expect(story.takeAll([...start, tick(15.9)])).toEqual(["null → Starting (null)"]);
  expect(story.wakeAt).toBe(second(16));
  expect(story.take(tick(16))).toEqual(["Starting → Running (initialized successfully)"]);
  expect(story.told).toMatchObject({
    health: { status: "unknown", detail: "only its process is seen, sync unknown" },
    application: { asked: null, sync: null, node: { height: null, participates: "unknown" } },
  });
  story.takeAll([seenBy(20, 9), seenBy(25, 0)]);
  expect(story.state).toBe("Consensus");
  expect(story.told).toMatchObject({
    health: {
      status: "ok",
      detail: "takes part: it has proposed one of the last 10 blocks at ct102/sentry-1",
    },
  });
  expect(story.take(seenBy(60, 12))).toEqual(["Consensus → Running (left consensus)"]);
});

test("where the observer sees no new block, nobody is seen to take part", () => {
  const story = withoutRpc();
  story.takeAll([...start, tick(16), seenBy(20, 0), seenBy(25, 0)]);
  expect(story.state).toBe("Consensus");
  const head = { height: 1012, at: second(24) };
  expect(story.takeAll([seenBy(50, 0, { head }), seenBy(56, 0, { head })])).toEqual([
    "Consensus → Running (left consensus)",
  ]);
  expect(story.told?.application.node).toMatchObject({
    participates: "unknown",
    participation: "consensus unknown: no new block for 30 s at ct102/sentry-1",
  });
});

const block = (seconds: number, height: number, verb = "Imported") =>
  logged(
    seconds,
    `2026-03-10 | BftProcessorExecutor-QBFT-0 | INFO  | QbftBesuControllerBuilder | ${verb} #${height} / 0 tx`,
  );
const message = (seconds: number, text: string) =>
  logged(seconds, `2026-03-10 | main | INFO  | Runner | ${text}`);

test("the journal of a validator without an RPC speaks: height, blocks, and its own", () => {
  const story = withoutRpc({ observers: [] });
  expect(story.rules.isAsked(story.memory)).toBe(false);
  story.takeAll([
    ...start,
    message(2, "Starting Besu"),
    message(3, "Starting Ethereum main loop ... "),
    tick(17),
  ]);
  expect(story.state).toBe("Starting");
  expect(story.told?.activity).toBe("waiting for its log to say how it is");
  expect(story.takeAll([message(20, "Ethereum main loop is up."), block(24, 1000)])).toEqual([
    "Starting → Running (initialized successfully)",
  ]);
  expect(story.take(block(26, 1001, "Produced"))).toEqual(["Running → Consensus (joined consensus)"]);
  expect(story.told).toMatchObject({
    health: { status: "ok", detail: "in sync" },
    application: {
      node: {
        height: 1001,
        headAt: "2025-11-28T08:00:26.000000Z",
        participates: "yes",
        participation: "takes part: its log tells of blocks that it produced",
        lastProposed: 1001,
      },
    },
  });
  expect(story.told?.application.checks[1]).toEqual({
    what: "Service logs showing normal operation",
    result: "yes",
    detail: "it produced block 1,001",
  });
});

test("of a node that is not configured as a validator it is not said that it is none, before whoever knows was asked", () => {
  const story = validator({ validator: false });
  story.takeAll([...start, answered(5, { address: me, chain: unknown("--rpc-http-api lacks QBFT") })]);
  const words = "not configured as a validator; whether its chain has it as one is not known";
  expect(story.told?.application.node).toMatchObject({
    validator: "unknown",
    participates: "unknown",
    participation: `${words}: --rpc-http-api lacks QBFT`,
  });
  story.takeAll([proposing(7, 0), proposing(8, 0)]);
  expect(story.told?.application.node).toMatchObject({ validator: "yes", participates: "yes" });
  // It stays what it was seen to be while nobody can be asked.
  expect(story.state).toBe("Consensus");
  story.take(answered(9, { address: me, chain: unknown("--rpc-http-api lacks QBFT") }));
  expect(story.state).toBe("Consensus");
  const stranger = validator({ validator: false, address: address(9) });
  stranger.takeAll([...start, proposing(5, 3)]);
  expect(stranger.told?.application.node).toMatchObject({
    validator: "no",
    participation: "it is no validator",
  });
});

test("a node that only its log speaks for leaves consensus when none of the last blocks is its own", () => {
  const story = new BesuStory({ rpc: null, metrics: null, validator: false });
  story.takeAll([...start, block(4, 1000), block(6, 1001, "Produced"), block(8, 1002)]);
  expect(story.state).toBe("Consensus");
  expect(story.takeAll(Array.from({ length: 63 }, (_, n) => block(10 + 2 * n, 1003 + n)))).toEqual([]);
  expect(story.take(block(136, 1066))).toEqual(["Consensus → Running (left consensus)"]);
  expect(story.told?.application.node).toMatchObject({
    validator: "unknown",
    participates: "no",
    lastProposed: 1001,
  });
});

test("a journal that falls silent shows a head that stands still, without anything being asked", () => {
  const story = withoutRpc({ observers: [] });
  story.takeAll([...start, block(4, 1000), block(6, 1001), block(8, 1002)]);
  expect(story.wakeAt).toBe(second(38) + 1);
  expect(story.take({ tag: "tick", at: second(38) + 1 })).toEqual(["Running → Syncing (fell behind)"]);
  expect(story.told).toMatchObject({
    application: {
      sync: { reason: "old-head", detail: "head is 30 s old" },
      disagreement: { since: expect.any(String) },
    },
  });
  expect(story.takeAll([block(60, 1003), block(62, 1004), block(64, 1005)])).toEqual([
    "Syncing → Synced (head reached)",
    "Synced → Running (ready)",
  ]);
});

test("round changes are told from the journal, until the next block", () => {
  const story = withoutRpc({ observers: [] });
  story.takeAll([
    ...start,
    block(4, 1000),
    block(6, 1001),
    message(26, "BFT round 4 expired. Moved to round 5 which will expire in 320 seconds"),
  ]);
  expect(story.told).toMatchObject({
    activity: "moved to round 5, expires in 320 s",
    application: {
      node: {
        round: { number: 5, since: "2025-11-28T08:00:26.000000Z", expiresAt: "2025-11-28T08:05:46.000000Z" },
      },
    },
  });
  expect(story.told?.application.checks[1]).toMatchObject({
    result: "no",
    detail: "moved to round 5, expires in 320 s",
  });
  story.take(block(30, 1002));
  expect([story.told?.activity, story.told?.application.node?.round]).toEqual([null, null]);
});

test("a journal that tells of a sync is Syncing, and a pause of a moment is none", () => {
  const story = withoutRpc({ observers: [] });
  story.takeAll([...start, block(4, 1000), block(6, 1001)]);
  const pause = (at: number) => message(at, "Stopping QBFT mining coordinator while we are syncing");
  expect(
    story.takeAll([pause(7), message(7.1, "Starting QBFT mining coordinator following sync"), tick(13)]),
  ).toEqual([]);
  expect(story.takeAll([pause(14), tick(19)])).toEqual(["Running → Syncing (fell behind)"]);
  story.take(message(20, `Import reached block 1400 (0x${"ab".repeat(32)}), 3.2 Mg/s, Peers: 4`));
  expect(story.told?.activity).toBe("behind, has reached block 1,400");
});

test("peers that a search for a better one counts are no lack of peers, and none are", () => {
  const search = (seconds: number, peers: number) =>
    message(
      seconds,
      `Unable to find sync target. Waiting for 5 peers minimum. Currently checking ${peers} peers for usefulness`,
    );
  const story = withoutRpc({ observers: [] });
  story.takeAll([...start, block(4, 1000), search(5, 3)]);
  expect(story.state).toBe("Running");
  expect(story.take(search(6, 0))).toEqual(["Running → Syncing (fell behind)"]);
  expect(story.told?.application).toMatchObject({
    sync: { reason: "no-peers", detail: "no peers" },
    node: { peers: 0 },
  });
});

test("a part in consensus that ended with a fatal error is failing inside a process that is up", () => {
  const story = validator();
  story.takeAll([...start, proposing(5, 0)]);
  story.take(message(6, "BFT Mining thread has suffered a fatal error, mining has been halted"));
  expect(story.told).toMatchObject({
    health: { status: "failing" },
    application: {
      disagreement: { what: "the process is up, and its part in consensus has ended with a fatal error" },
    },
  });
});

test("a first sight of a validator that takes part is Consensus, with no event claimed", () => {
  const story = validator();
  story.take(processFact(-600, "Running"));
  expect(story.take(proposing(5, 2))).toEqual(["null → Consensus (null)"]);
});

test("nothing of one run of the process is told of the next", () => {
  const story = withoutRpc({ observers: [] });
  story.takeAll([...start, block(4, 1000, "Produced"), block(6, 1001)]);
  story.takeAll([processFact(10, "Stopping", { event: "stop" }), processFact(11, "Stopped")]);
  story.takeAll([processFact(20, "Starting"), processFact(21, "Running")]);
  expect(story.told?.application.node).toMatchObject({
    height: null,
    participates: "unknown",
    lastProposed: null,
  });
});
