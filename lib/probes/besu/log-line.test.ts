import { expect, test } from "vitest";
import lines from "./fixtures/derived/log-lines.json";
import vectors from "./fixtures/derived/node-id-to-validator-address.json";
import { type LogLine, readLogLine } from "./log-line";

const [vector] = vectors.vectors;
const before = (level: string, from: string) =>
  `2026-03-10 07:22:17.010+00:00 | BftProcessorExecutor-QBFT-0 | ${level.padEnd(5)} | ${from} | `;
const hash = `0x${"ab".repeat(32)}`;
const enode = `enode://${vector?.nodeId}@192.0.2.7:30303`;

/** By the pattern in the fixture: a line with what its placeholders stand for, and its meaning. */
const filled: Record<string, [string, LogLine | null][]> = {
  "Starting Besu": [["Starting Besu version: besu/v26.3.0", { tag: "starting" }]],
  "Starting Ethereum main loop ... ": [["Starting Ethereum main loop ... ", { tag: "starting" }]],
  "Ethereum main loop is up.": [["Ethereum main loop is up.", { tag: "up" }]],
  "Enode URL {}": [
    [`Enode URL ${enode}`, { tag: "identity", enode: `enode://${vector?.nodeId}`, address: null }],
  ],
  "Node address {}": [
    [`Node address ${vector?.address}`, { tag: "identity", enode: null, address: vector?.address ?? null }],
  ],
  "Unable to find sync target. Waiting for {} peers minimum. Currently checking {} peers for usefulness": [
    [
      "Unable to find sync target. Waiting for 5 peers minimum. Currently checking 0 peers for usefulness",
      { tag: "no-target", peers: 0 },
    ],
    ["Unable to find sync target. Currently checking 3 peers for usefulness", { tag: "no-target", peers: 3 }],
  ],
  "Import reached block {} ({}), {} Mg/s, Peers: {}": [
    [
      `Import reached block 12400 (${hash}), 3.217 Mg/s, Peers: 4`,
      { tag: "catching-up", height: 12_400, peers: 4 },
    ],
  ],
  "Imported empty block #… / Imported #…": [
    [
      `Imported empty block #84 / 0 tx / 0 pending / 0 (0.0%) gas / (${hash})`,
      { tag: "block", height: 84, isOwn: false, peers: null },
    ],
    [
      `Imported #1,013 / 3 tx / 0 om / 21,000 (0.0%) gas / (${hash}) in 0.002s. Peers: 3`,
      { tag: "block", height: 1013, isOwn: false, peers: 3 },
    ],
  ],
  "Produced #…": [
    [`Produced #4  (11bcc.....571c8)|    0 tx | 0 pending | 0 (0.0%) gas in 0.037s`, own(4)],
    [`Produced empty block #83 / 0 tx / 0 pending / 0 (0.0%) gas / (${hash})`, own(83)],
    [`Produced block #1.234.567 / 2 tx / 0 pending / 42.000 (0,1%) gas / (${hash})`, own(1_234_567)],
  ],
  "Imported #…": [[`Imported #7 / 0 tx`, { tag: "block", height: 7, isOwn: false, peers: null }]],
  "Moved to round {} which will expire in {} seconds": [
    [
      "BFT round 4 expired. Moved to round 5 which will expire in 320 seconds",
      { tag: "round", number: 5, expiresInMs: 320_000 },
    ],
    [
      "Moved to round 10 which will expire in 4096 seconds",
      { tag: "round", number: 10, expiresInMs: 4_096_000 },
    ],
  ],
  "BFT round summary (quorum = {})": [["BFT round summary (quorum = 3)", { tag: "rounds-told", quorum: 3 }]],
  "Stopping BFT mining coordinator while we are syncing": [
    ["Stopping BFT mining coordinator while we are syncing", { tag: "consensus-paused" }],
    ["Stopping QBFT mining coordinator while we are syncing", { tag: "consensus-paused" }],
  ],
  "Starting BFT mining coordinator following sync": [
    ["Starting BFT mining coordinator following sync", { tag: "consensus-resumed" }],
    ["Starting IBFT mining coordinator following initial sync", { tag: "consensus-resumed" }],
  ],
  "BFT Mining thread has suffered a fatal error, mining has been halted": [
    ["BFT Mining thread has suffered a fatal error, mining has been halted", { tag: "halted" }],
  ],
  "QBFT Validator list change…": [
    ["QBFT Validator list change. Previous list [..]", { tag: "validators-changed" }],
  ],
};

function own(height: number): LogLine {
  return { tag: "block", height, isOwn: true, peers: null };
}

test("no pattern of the fixture is left out", () => {
  expect([...new Set(lines.lines.map(({ pattern }) => pattern))].sort()).toEqual(Object.keys(filled).sort());
});

test.each(Object.values(filled).flat())("%s", (text, meaning) => {
  expect(readLogLine(text)).toEqual(meaning);
  expect(readLogLine(before("INFO", "SomeClass") + text)).toEqual(meaning);
  // As a terminal colours it.
  expect(readLogLine(`\u001b[32m${before("INFO", "SomeClass")}${text}\u001b[m`)).toEqual(meaning);
});

test.each(lines.real_lines_quoted_in_public)("the real line of $where is a round change", ({ line }) => {
  expect(readLogLine(line)).toEqual({ tag: "round", number: 10, expiresInMs: 4_096_000 });
});

test("what Besu says went wrong is told as it says it", () => {
  expect(readLogLine(`${before("ERROR", "Runner")}unable to start main loop`)).toEqual({
    tag: "error",
    text: "unable to start main loop",
  });
});

test.each(["", "hello", "Imported 1 pending blocks: [1015]", "Imported #", "x".repeat(100_000)])(
  "%.40j tells nothing",
  (text) => expect(readLogLine(text)).toBeNull(),
);
