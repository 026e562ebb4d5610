import { expect, test } from "vitest";
import { known, unknown } from "../besu-answer";
import { answered, BesuStory, failedAsking, processFact, second, tick } from "../testing/besu-story";

const syncing = (current: number, highest = 10_000) => ({
  syncing: known({ starting: 0, current, highest }),
});
const noPeers = { peers: known(0) };
/** A head that stays where it was at second 10. */
const frozen = { head: known({ height: 1005, at: second(10) }) };
const start = [processFact(0, "Starting"), processFact(1, "Running")];
const toRunning = [...start, answered(5), answered(10)];

function running(settings = {}): BesuStory {
  const story = new BesuStory(settings);
  expect(story.takeAll(toRunning)).toEqual([
    "null → Starting (null)",
    "Starting → Running (initialized successfully)",
  ]);
  return story;
}

test("the process's Running waits for the node: Starting while its RPC refuses", () => {
  const story = new BesuStory();
  expect(story.takeAll([...start, failedAsking(2, 1), failedAsking(3, 2), failedAsking(30, 9)])).toEqual([
    "null → Starting (null)",
  ]);
  expect(story.told).toMatchObject({
    activity: "waiting for its RPC: connection refused",
    health: { status: "unknown" },
    application: { disagreement: null },
  });
  expect(story.rules.isAwaited(story.memory)).toBe(true);
  expect(story.wakeAt).toBe(second(121));
});

test("after two minutes it is unresponsive, and the two truths disagree since the first asking", () => {
  const story = new BesuStory();
  story.takeAll([...start, failedAsking(2, 1), tick(121)]);
  expect(story.state).toBe("Starting");
  expect(story.told).toMatchObject({
    activity: "unresponsive: connection refused",
    health: { status: "failing", detail: "connection refused" },
    application: { disagreement: { since: "2025-11-28T08:00:02.000000Z" } },
  });
});

test("a node that is in sync at its first answer runs, without a sync that never was", () => {
  const story = running();
  expect(story.told).toMatchObject({
    health: { status: "ok" },
    application: { sync: null, says: "in sync at block 1,005", node: { height: 1005, peers: 4 } },
    activity: null,
  });
});

test("a sync goes Starting, Syncing, Synced, Running, with the way and the time that are left", () => {
  const story = new BesuStory({ validator: false });
  story.takeAll(start);
  expect(story.take(answered(5, syncing(0)))).toEqual(["Starting → Syncing (sync started)"]);
  story.takeAll([answered(10, syncing(200)), answered(15, syncing(400))]);
  expect(story.told).toMatchObject({
    activity: "behind 9,600 blocks, 40 blocks/s, about 4 min left",
    health: { status: "ok", detail: "syncing: behind 9,600 blocks, 40 blocks/s, about 4 min left" },
    application: {
      disagreement: null,
      sync: {
        reason: "behind",
        share: 0.04,
        behind: 9600,
        perSecond: 40,
        leftMs: 240_000,
        progressAt: "2025-11-28T08:00:15.000000Z",
      },
    },
  });
  expect(story.take(answered(255))).toEqual(["Syncing → Synced (head reached)"]);
  expect(story.told?.application.sync).toBeNull();
  expect(story.take(answered(260))).toEqual([]);
  expect(story.take(answered(265))).toEqual(["Synced → Running (ready)"]);
  expect(story.rows.every(({ declared }) => declared)).toBe(true);
});

test.each([
  ["a sync", syncing(10), { reason: "behind", detail: "behind 9,990 blocks" }, "service"],
  ["no peers", noPeers, { reason: "no-peers", detail: "no peers" }, "network"],
  ["one peer of two", { peers: known(1) }, { reason: "no-peers", detail: "1 of 2 peers" }, "network"],
  [
    "blocks that its peers have",
    { best: 1016 },
    { reason: "behind", detail: "behind 9 blocks, 0.5 blocks/s" },
    "service",
  ],
] as const)("%s moves a running node to Syncing at once, with the reason", (_, said, sync, cause) => {
  const story = running({ minPeers: 2 });
  expect(story.take(answered(15, said))).toEqual(["Running → Syncing (fell behind)"]);
  expect(story.told?.application.sync).toMatchObject(sync);
  expect(story.rows.at(-1)).toMatchObject({ cause: { kind: cause, detail: sync.detail } });
});

test("peers that come back bring it back, and the network is the cause", () => {
  const story = running();
  expect(story.takeAll([answered(15, noPeers), answered(20), answered(25), answered(30)])).toEqual([
    "Running → Syncing (fell behind)",
    "Syncing → Synced (head reached)",
    "Synced → Running (ready)",
  ]);
  expect(story.rows.slice(-2).map(({ cause }) => cause.kind)).toEqual(["network", "network"]);
});

test("a head that freezes is not Running, and the two truths disagree since it was seen", () => {
  const story = running();
  expect(story.takeAll([answered(15, frozen), answered(40, frozen)])).toEqual([]);
  expect(story.take(answered(41, frozen))).toEqual(["Running → Syncing (fell behind)"]);
  story.take(answered(104, frozen));
  expect(story.told).toMatchObject({
    health: { status: "failing", detail: "head is 90 s old" },
    application: {
      sync: { reason: "old-head", detail: "head is 90 s old" },
      disagreement: {
        since: "2025-11-28T08:00:41.000000Z",
        what: "the process is up, and the head of the node stands still",
      },
    },
  });
});

test("a chain that makes a block every ten minutes is not called frozen before four of them are missing", () => {
  const at = (block: number) => ({ head: known({ height: block, at: second(block * 600) }) });
  const story = new BesuStory();
  story.takeAll(start);
  expect(story.take(answered(605, at(1)))).toEqual(["Starting → Running (initialized successfully)"]);
  expect(story.takeAll([answered(1195, at(1)), answered(1205, at(2)), answered(3500, at(2))])).toEqual([]);
  expect(story.take(answered(1200 + 2401, at(2)))).toEqual(["Running → Syncing (fell behind)"]);
});

test("what the blocks before the head show tells a frozen head at the first answer", () => {
  const earlier = Array.from({ length: 8 }, (_, index) => ({
    height: 997 + index,
    at: second(2 * index - 8),
  }));
  const story = new BesuStory();
  story.takeAll(start);
  const stale = { head: known({ height: 1005, at: second(8) }), earlier };
  expect(story.take(answered(3600, stale))).toEqual(["Starting → Syncing (sync started)"]);
  expect(story.told?.application.sync).toMatchObject({ reason: "old-head" });
});

test("a configured age counts in place of the chain's own period", () => {
  const story = running({ maxHeadAgeMs: 12_000 });
  expect(story.take(answered(23, frozen))).toEqual(["Running → Syncing (fell behind)"]);
});

test("a node with nothing but the first block of its chain is not in sync", () => {
  const story = new BesuStory();
  story.takeAll(start);
  expect(story.take(answered(5, { head: known({ height: 0, at: 0 }) }))).toEqual([
    "Starting → Syncing (sync started)",
  ]);
  expect(story.told?.application.sync?.detail).toBe("its head is the first block of the chain");
});

test("where it is not told whether it syncs, it is Syncing with sync unknown, and what mends it", () => {
  const story = new BesuStory();
  const mend = "Start Besu with ETH in --rpc-http-api: --rpc-http-api=ETH,NET,ADMIN,QBFT.";
  const said = {
    syncing: unknown("eth_syncing is not enabled", mend),
    ready: unknown("/readiness: HTTP 404"),
  };
  story.takeAll([...start, answered(5, said)]);
  expect(story.state).toBe("Syncing");
  expect(story.told).toMatchObject({
    health: { status: "unknown" },
    application: { sync: { reason: "unknown", detail: "sync unknown: eth_syncing is not enabled" } },
  });
  expect(story.told?.application.checks).toContainEqual({
    what: "In sync",
    result: "unknown",
    detail: `sync unknown: eth_syncing is not enabled. ${mend}`,
  });
});

test("what its metrics or /readiness say stands in for eth_syncing", () => {
  const off = { syncing: unknown("eth_syncing is not enabled") };
  const byReadiness = new BesuStory();
  byReadiness.takeAll([...start, answered(5, { ...off, ready: known(true) })]);
  const byMetrics = new BesuStory();
  byMetrics.takeAll([...start, answered(5, { ...off, ready: unknown("not there"), best: 1002 })]);
  const unready = new BesuStory();
  unready.takeAll([...start, answered(5, { ...off, ready: known(false) })]);
  expect([byReadiness.state, byMetrics.state, unready.state]).toEqual(["Running", "Running", "Syncing"]);
});

test("one question that is not answered moves nothing that runs", () => {
  const story = running();
  const said = {
    syncing: unknown("eth_syncing: Timeout expired (-32603)"),
    ready: unknown("/readiness: silent"),
  };
  expect(story.take(answered(15, said))).toEqual([]);
  expect(story.told?.health).toEqual({
    status: "unknown",
    detail: "sync unknown: eth_syncing: Timeout expired (-32603)",
  });
});

test("askings that fail move nothing that has run; so many in a row are believed", () => {
  const story = running();
  expect(
    story.takeAll([
      failedAsking(15, 1, "silent", "no answer within 2 s"),
      failedAsking(20, 2, "silent", "no answer within 2 s"),
    ]),
  ).toEqual([]);
  expect(story.told?.health.status).toBe("ok");
  expect(story.take(failedAsking(25, 3, "silent", "no answer within 2 s"))).toEqual([]);
  expect(story.told).toMatchObject({
    health: { status: "failing", detail: "no answer within 2 s" },
    application: {
      says: "no answer: no answer within 2 s",
      node: { height: null, peers: null },
      disagreement: { since: "2025-11-28T08:00:15.000000Z" },
    },
  });
  expect(story.takeAll([tick(500), answered(505)])).toEqual([]);
  expect(story.told).toMatchObject({ health: { status: "ok" }, application: { disagreement: null } });
});

test("the head of a node that is asked grows older by its answers alone", () => {
  const story = running();
  const before = story.told;
  expect(story.take(tick(500))).toEqual([]);
  expect(story.told).toEqual(before);
  expect(story.take(failedAsking(505, 1))).toEqual([]);
  expect(story.told?.health).toEqual(before?.health);
});

test("a node that answers and not to us is known by its process alone", () => {
  const denied = (seconds: number, times: number) =>
    failedAsking(seconds, times, "denied", "it does not allow the host 192.0.2.11");
  const story = new BesuStory();
  expect(story.takeAll([...start, denied(2, 1), denied(3, 2), denied(4, 3)])).toEqual([
    "null → Starting (null)",
    "Starting → Running (initialized successfully)",
  ]);
  expect(story.told).toMatchObject({
    health: { status: "unknown", detail: "it does not allow the host 192.0.2.11" },
    application: { disagreement: null },
  });
  expect(story.rules.isAwaited(story.memory)).toBe(false);
});

test("a first sight waits for the node's word, and claims no event", () => {
  const inSync = new BesuStory();
  expect(inSync.take(processFact(0, "Running"))).toEqual([]);
  expect(inSync.take(answered(1))).toEqual(["null → Running (null)"]);
  const behind = new BesuStory();
  behind.take(processFact(0, "Running"));
  expect(behind.take(answered(1, syncing(7)))).toEqual(["null → Syncing (null)"]);
  expect(inSync.rows.concat(behind.rows).map(({ cause }) => cause.kind)).toEqual(["unknown", "unknown"]);
});

test("a first sight of a process that has been up for long, and does not answer, is its process's word", () => {
  const story = new BesuStory();
  story.take(processFact(-600, "Running"));
  expect(story.takeAll([failedAsking(1, 1), failedAsking(2, 2)])).toEqual([]);
  expect(story.take(failedAsking(3, 3))).toEqual(["null → Running (null)"]);
  expect(story.rows.at(-1)?.at).toBe(second(-600));
});

test("a first sight of a process that has just come up, and does not answer, is a start", () => {
  const story = new BesuStory();
  story.take(processFact(0, "Running"));
  expect(story.takeAll([failedAsking(1, 1), failedAsking(2, 2), failedAsking(3, 3)])).toEqual([
    "null → Starting (null)",
  ]);
  expect(story.rows.at(-1)?.at).toBe(second(0));
  expect(story.take(answered(9))).toEqual(["Starting → Running (initialized successfully)"]);
});

test("what is not up passes on as the platform tells it, and nothing more is told", () => {
  const story = running();
  expect(story.take(processFact(20, "Stopping", { event: "stop" }))).toEqual(["Running → Stopping (stop)"]);
  expect([story.told, story.wakeAt, story.rules.isAsked(story.memory)]).toEqual([null, null, false]);
  expect(story.take(answered(21))).toEqual([]);
  expect(
    story.takeAll([processFact(22, "Stopped"), processFact(30, "Starting"), processFact(31, "Running")]),
  ).toEqual(["Stopping → Stopped (stopped successfully)", "Stopped → Starting (start)"]);
  expect(story.told?.application).toMatchObject({ sync: null, node: { height: null, version: null } });
});

test("what a coalesced restart has passed is kept, and its Running still waits", () => {
  const story = running();
  const through = [
    { state: "Restarting", event: "restart" },
    { state: "Starting", event: "restart initiated" },
  ];
  expect(story.take(processFact(20, "Running", { through }))).toEqual([
    "Running → Restarting (restart)",
    "Restarting → Starting (restart initiated)",
  ]);
  expect(story.take(answered(25))).toEqual(["Starting → Running (initialized successfully)"]);
  expect(new Set(story.rows.map(({ sourceKey }) => sourceKey)).size).toBe(story.rows.length);
});

test("after a resume it goes on from what history holds", () => {
  const story = new BesuStory({}, "Consensus");
  expect(story.rules.processState("Consensus")).toBe("Running");
  expect(["Starting", "Stopped", "Syncing", null].map((state) => story.rules.processState(state))).toEqual([
    "Starting",
    "Stopped",
    "Running",
    null,
  ]);
  expect(story.rules.isAsked(story.memory)).toBe(true);
  expect(story.rules.isAwaited(story.memory)).toBe(false);
  expect(story.take(answered(1, noPeers))).toEqual(["Consensus → Syncing (fell behind)"]);
  expect(story.told?.application.disagreement).not.toBeNull();
});

test("a node that is down is not asked", () => {
  for (const state of [null, "Stopped", "Starting", "Error"]) {
    const story = new BesuStory({}, state);
    expect(story.rules.isAsked(story.memory)).toBe(false);
  }
});

test("no peers in the first two minutes of a start are no disagreement, and are one after that", () => {
  const story = new BesuStory();
  story.takeAll([...start, answered(5, noPeers)]);
  expect(story.told?.application.disagreement).toBeNull();
  expect(story.wakeAt).toBe(second(121));
  story.take(answered(122, noPeers));
  expect(story.told?.application.disagreement).toMatchObject({ since: "2025-11-28T08:00:05.000000Z" });
});

test("a sync that stands still for two minutes is a disagreement, one that moves is not", () => {
  const story = new BesuStory();
  story.takeAll([
    ...start,
    answered(5, syncing(100)),
    answered(10, syncing(200)),
    answered(125, syncing(200)),
  ]);
  expect(story.told?.application.disagreement).toBeNull();
  story.take(answered(131, syncing(200)));
  expect(story.told).toMatchObject({
    health: { status: "failing" },
    application: { disagreement: { what: "the process is up, and its sync does not move on" } },
  });
});

test("what is told stays the same while nothing but time passes", () => {
  const story = running();
  story.take(answered(42, frozen));
  const before = story.told;
  story.take(answered(47, frozen));
  expect(story.told).toEqual(before);
});
