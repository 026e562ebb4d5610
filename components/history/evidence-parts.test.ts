import { expect, test } from "vitest";
import { evidenceParts } from "./evidence-parts";
import { inEvidenceWords, inReadingOrder } from "./evidence-words";

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

test("systemd's properties are called as its man pages call them, numbers with what they mean", () => {
  expect(inEvidenceWords("execMainCode", "2")).toEqual({
    word: "ExecMainCode",
    value: "2 (killed by a signal)",
  });
  expect(inEvidenceWords("job", "0")).toEqual({ word: "Job", value: "none" });
  expect(inEvidenceWords("somethingNew", "7")).toEqual({ word: "somethingNew", value: "7" });
});

test("facts stand in the order in which they are read, whatever order they were kept in", () => {
  const facts = [{ key: "new" }, { key: "job" }, { key: "subState" }, { key: "activeState" }];
  expect(inReadingOrder(facts).map(({ key }) => key)).toEqual(["activeState", "subState", "job", "new"]);
});
