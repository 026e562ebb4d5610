import { spawn } from "node:child_process";
import { setImmediate as turn } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { bootId } from "../../clock";
import { Census, type Inhabitant, takeCensus } from "./census";
import { Bench, eventually, isAlive, steady } from "./testing/bench";
import { startElsewhere } from "./testing/elsewhere";

function inhabitant(pid: number, some: Partial<Inhabitant> = {}): Inhabitant {
  const plain = {
    groupId: pid,
    sessionId: pid,
    startTime: "1",
    command: "x",
    service: null,
    invocation: null,
  };
  return { pid, ...plain, ...some };
}

test("a family is the leader, its group, its session and what carries the mark, each once", () => {
  const mark = "i:toys/web";
  const census = new Census([
    inhabitant(10, { service: mark }),
    inhabitant(11, { groupId: 10 }),
    inhabitant(12, { sessionId: 10 }),
    inhabitant(13, { service: mark }),
    inhabitant(14, { service: "i:toys/other" }),
  ]);
  const leader = { pid: 10, startTime: "1", bootId: bootId() };
  expect(census.family(leader, mark).map(({ pid }) => pid)).toEqual([10, 12, 11, 13]);
  expect(census.family(null, mark).map(({ pid }) => pid)).toEqual([10, 13]);
  // Another process has the number by now, so nothing was left of the group.
  expect(census.family({ ...leader, startTime: "2" }, "none")).toEqual([]);
});

test("a process of a Signalbox that is itself supervised is not its own left-over", () => {
  const census = new Census([inhabitant(process.pid, { service: "i:toys/signalbox" })]);
  expect(census.family(null, "i:toys/signalbox")).toEqual([]);
});

test("all who ask before a look begins share it; who asks later sees what has changed since", async () => {
  const first = takeCensus();
  expect(takeCensus()).toBe(first);
  await turn();
  const child = spawn(process.execPath, ["-e", steady], { stdio: "ignore", detached: true });
  onTestFinished(() => void child.kill("SIGKILL"));
  const later = takeCensus();
  expect(later).not.toBe(first);
  expect((await later).get(child.pid ?? 0)).toBeDefined();
  expect((await first).get(process.pid)).toBeDefined();
});

test("many left-overs at once are ended and started again without holding everything up", async () => {
  const bench = new Bench();
  const names = Array.from({ length: 60 }, (_, i) => `s${i}`);
  const specs = names.map((name) => ({
    ...bench.spec({ name, command: ["sleep", "1000"], settleMs: 1 }),
    autostart: true,
  }));
  const earlier = await startElsewhere(bench.folder, specs);
  await earlier.until((told) => told.split('"state":"Running","at"').length > 60);
  await earlier.kill();
  const pids = [...earlier.told().matchAll(/"detail":"pid (\d+)"/g)].map((match) => Number(match[1]));
  await bench.open(specs);
  // The turns of others that came between the first and the last start.
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 1);
  onTestFinished(() => clearInterval(counting));
  await eventually(() =>
    names.every((name) => bench.moves(name).at(-1) === "initialized successfully>Running"),
  );
  expect(turns).toBeGreaterThan(10);
  expect(pids.filter(isAlive)).toEqual([]);
});
