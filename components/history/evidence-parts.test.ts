import { expect, test } from "vitest";
import { evidenceParts } from "./evidence-parts";

test("log lines are told apart from facts, whichever way they are written", () => {
  const { facts, logs } = evidenceParts({
    exitCode: 3,
    signal: null,
    log: ["one", "two"],
    journal: [{ at: null, text: "three" }],
    leftOvers: [{ pid: 7 }],
  });
  expect(facts).toEqual([
    { key: "exitCode", value: "3" },
    { key: "leftOvers", value: '[\n  {\n    "pid": 7\n  }\n]' },
  ]);
  expect(logs).toEqual([
    { key: "log", lines: ["one", "two"] },
    { key: "journal", lines: ["three"] },
  ]);
});
