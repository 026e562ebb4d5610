import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FactFile } from "./fact-file";
import type { ProcessFact } from "./facts";
import { fileNameOf } from "./file-names";
import { readProcessFact, replayProcessFacts } from "./replay-facts";
import { Bench, eventually, js, makeFolder, steady, up } from "./testing/bench";

test("the facts of a service tell the very same history again", async () => {
  const bench = new Bench();
  const restart = { on: "failure", delayMs: 100, max: 1 } as const;
  const command = js(`${up} console.log('hello'); setTimeout(() => process.exit(3), 200); ${steady}`);
  await bench.open([bench.checked({ name: "web", command, restart, autostart: true })]);
  await eventually(() => bench.detail("web")?.process.detail.includes("gave up") ?? false);
  await bench.act("web", "reset");
  await bench.platform.close(5_000);
  const file = readFileSync(join(bench.folder, "state", "web.facts.jsonl"), "utf8");
  const replayed = [...replayProcessFacts(file.split("\n"))];
  const observations = bench.observations("web");
  expect(replayed).toEqual([
    { tag: "opened", service: "web", state: null },
    ...observations.map((observation) => ({ tag: "observation", service: "web", observation })),
  ]);
  expect(replayed.length).toBeGreaterThan(6);
});

test("a line that is no fact is named", () => {
  const good = JSON.stringify({
    service: "web",
    at: 1,
    monotonic: 1,
    bootId: "b",
    invocation: "i",
    tag: "found-nothing",
    rebooted: false,
  });
  expect(readProcessFact(good)).not.toBeNull();
  expect(() => [...replayProcessFacts([good, "", '{"tag":"dreamt"}'])]).toThrow(
    "line 3 is not a fact of the process supervisor",
  );
  expect(() => [...replayProcessFacts(["{"])]).toThrow("line 1");
});

test("a facts file stays small: the older half is put aside, then dropped", () => {
  const folder = makeFolder();
  const file = new FactFile(folder, "web");
  const fact: ProcessFact = {
    service: "web",
    at: 1,
    monotonic: 1,
    bootId: "b",
    invocation: "i",
    tag: "spawn-failed",
    error: "x".repeat(1_000),
  };
  for (let i = 0; i < 2_500; i++) new FactFile(folder, "web").append(fact);
  for (const path of [file.path, `${file.path}.1`])
    expect(readFileSync(path).length).toBeLessThanOrEqual(1_000_000);
});

test("no name of a service leads out of the folder, and no two share a file", () => {
  const names = [
    "a",
    "A/..",
    "..",
    ".",
    "../../etc/passwd",
    "x\0y",
    "%2E%2E",
    "ü",
    "l".repeat(10_000),
    `${"l".repeat(9_999)}m`,
    "\ud800",
    "\ud801",
  ];
  const files = names.map(fileNameOf);
  expect(new Set(files).size).toBe(names.length);
  for (const file of files) expect(file).toMatch(/^[^./\0][^/\0]{0,150}$/);
});
