import { spawn } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bootId } from "../../clock";
import type { LastKnown } from "../contract";
import { readProcess } from "./process-table";
import { Bench, eventually, isAlive, js, steady, stubborn, up } from "./testing/bench";
import { startElsewhere } from "./testing/elsewhere";

const known = (service: string, state: string | null, wanted: boolean): LastKnown => ({
  service,
  state,
  since: null,
  sourceKeys: new Set(),
  wanted,
  decided: true,
});

/** Lets another Signalbox run in the bench's folder until it has told `when`, then kills it with -9. */
async function runAndKill(bench: Bench, specs: readonly object[], when: string): Promise<number[]> {
  const earlier = await startElsewhere(bench.folder, specs);
  await earlier.until((told) => told.includes(when));
  await earlier.kill();
  const pids = [...earlier.told().matchAll(/"detail":"pid (\d+)"/g)].map((match) => Number(match[1]));
  expect(pids.map(isAlive)).not.toContain(false);
  return [...new Set(pids)];
}

test("after a kill -9 of Signalbox its children are ended at the next start, and that is history", async () => {
  const bench = new Bench();
  const spec = { ...bench.spec({ name: "web" }), autostart: true };
  const pids = await runAndKill(bench, [spec], '"state":"Running","at"');
  await bench.open([bench.spec({ name: "web" })], [known("web", "Running", true)]);
  await eventually(() => bench.moves("web").length >= 3);
  expect(pids.map(isAlive)).toEqual([false]);
  expect(bench.moves("web").slice(0, 2)).toEqual(["stop>Stopping", "stopped successfully>Stopped"]);
  expect(bench.observations("web")[0]?.cause).toEqual({
    kind: "service-manager",
    detail: "ended a left-over of an earlier run",
  });
  await bench.until("web", "Running");
  expect(bench.moves("web").slice(2)).toEqual(["start>Starting", "initialized successfully>Running"]);
  expect(bench.observations("web")[2]?.cause.detail).toContain("was to be up when Signalbox went away");
});

test("grandchildren are found by their mark, even if they left the session and their parent is gone", async () => {
  const bench = new Bench();
  const child = `${up} ${steady}`;
  const script = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'inherit', detached: true }); console.log(process.pid); ${steady}`;
  const spec = { ...bench.spec({ name: "tree", command: js(script) }), autostart: true, probed: true };
  const [leader] = await runAndKill(bench, [spec], '"state":"Running","at"');
  process.kill(leader ?? 0, "SIGKILL");
  await eventually(() => !isAlive(leader ?? 0));
  await bench.open([bench.spec({ name: "tree" })], [known("tree", "Running", false)]);
  const stopped = await bench.until("tree", "Stopped");
  expect(stopped).toMatchObject({ event: "stopped successfully" });
  const [leftOver] = stopped.evidence.leftOvers as { pid: number }[];
  expect(leftOver?.pid).not.toBe(leader);
  expect(isAlive(leftOver?.pid ?? 0)).toBe(false);
});

test("a left-over that does not end is killed, one of a service that is gone too, and a lost start is told", async () => {
  const bench = new Bench();
  const old = { ...bench.spec({ name: "mule", command: js(stubborn) }), autostart: true, probed: true };
  const pids = await runAndKill(
    bench,
    [old, { ...bench.spec({ name: "dropped" }), settleMs: 1, autostart: true }],
    '"mule","observation":{"state":"Running"',
  );
  expect(pids).toHaveLength(2);
  await bench.open([bench.spec({ name: "mule", stopTimeoutMs: 300 })], [known("mule", "Stopped", false)]);
  await bench.until("mule", "Error");
  await eventually(() => !pids.some(isAlive));
  expect(bench.moves("mule")).toEqual(["start>Starting", "stop>Stopping", "stop failed>Error"]);
  const [starting, stopping] = bench.observations("mule");
  expect(starting?.source).toBe("snapshot");
  expect(starting?.at).toBeLessThan(stopping?.at ?? 0);
  expect(bench.warnings.join()).toContain("dropped is no longer configured");
});

describe("what is found at the first look", () => {
  test.each(["Starting", "Running", "Stopping", "Restarting"])(
    "a service that was %s and is gone is Stopped, and nobody saw how",
    async (state) => {
      const bench = new Bench();
      await bench.open([bench.spec({ name: "web" })], [known("web", state, false)]);
      expect(bench.observations("web")).toMatchObject([
        {
          state: "Stopped",
          event: null,
          source: "snapshot",
          cause: { kind: "unknown", detail: "it ended while Signalbox was not looking" },
        },
      ]);
    },
  );

  test.each(["Stopped", "Error"])("a service that was %s stays so, without a word", async (state) => {
    const bench = new Bench();
    await bench.open([bench.spec({ name: "web" })], [known("web", state, false)]);
    expect(bench.observations("web")).toEqual([]);
    expect(bench.detail("web")).toBeDefined();
  });

  test("a restart of the machine is named as the cause", async () => {
    const bench = new Bench();
    writeRecord(bench, { pid: 1, startTime: "1", bootId: "another-boot" });
    await bench.open([bench.spec({ name: "web" })], [known("web", "Running", false)]);
    expect(bench.last("web").cause.kind).toBe("host");
  });

  test("contact is told, after what was found", async () => {
    const bench = new Bench();
    await bench.open([bench.spec({ name: "web" })]);
    expect(bench.reports.map(({ tag }) => tag)).toEqual(["detail", "observation", "contact"]);
  });

  test("a record that is no record does not matter", async () => {
    const bench = new Bench();
    mkdirSync(join(bench.folder, "state"), { recursive: true });
    writeFileSync(join(bench.folder, "state", "web.json"), '{"service":"we');
    await bench.open([bench.spec({ name: "web", autostart: true })]);
    await bench.until("web", "Running");
  });
});

function writeRecord(
  bench: Bench,
  record: { pid: number; startTime: string; bootId: string; instance?: string },
): void {
  mkdirSync(join(bench.folder, "state"), { recursive: true });
  const whole = { service: "web", invocation: "0", at: 0, monotonic: 0, ...record };
  writeFileSync(join(bench.folder, "state", "web.json"), JSON.stringify(whole));
}

test.each([
  ["another start time", (startTime: string) => ({ startTime: `${startTime}0`, bootId: bootId() })],
  ["another boot", (startTime: string) => ({ startTime, bootId: "another-boot" })],
])("a process that got the pid of ours since (%s) is never signalled", async (_, recycled) => {
  const bench = new Bench();
  const stranger = spawn(process.execPath, ["-e", steady], { stdio: "ignore", detached: true });
  onTestFinished(() => void stranger.kill("SIGKILL"));
  const pid = stranger.pid ?? 0;
  writeRecord(bench, { pid, ...recycled(readProcess(pid)?.startTime ?? "") });
  await bench.open([bench.spec({ name: "web" })], [known("web", "Running", false)]);
  expect(bench.last("web")).toMatchObject({ state: "Stopped", event: null });
  expect(isAlive(pid)).toBe(true);
});

test("the record of another installation in the same folder is left alone, and so is its process", async () => {
  const bench = new Bench();
  const stranger = spawn(process.execPath, ["-e", steady], { stdio: "ignore", detached: true });
  onTestFinished(() => void stranger.kill("SIGKILL"));
  const pid = stranger.pid ?? 0;
  const startTime = readProcess(pid)?.startTime ?? "";
  writeRecord(bench, { instance: "another", pid, startTime, bootId: bootId() });
  await bench.open([bench.spec({ name: "web" })], [known("web", "Running", false)]);
  expect(bench.last("web")).toMatchObject({ state: "Stopped", event: null });
  expect(isAlive(pid)).toBe(true);
  expect(existsSync(join(bench.folder, "state", "web.json"))).toBe(true);
});

test("a record that does not say whose it is, is ours", async () => {
  const bench = new Bench();
  const ours = spawn(process.execPath, ["-e", steady], { stdio: "ignore", detached: true });
  onTestFinished(() => void ours.kill("SIGKILL"));
  const pid = ours.pid ?? 0;
  writeRecord(bench, { pid, startTime: readProcess(pid)?.startTime ?? "", bootId: bootId() });
  await bench.open([bench.spec({ name: "web" })], [known("web", "Running", false)]);
  await bench.until("web", "Stopped");
  expect(isAlive(pid)).toBe(false);
});

test("children of another installation, or of another host of this one, are left alone", async () => {
  const bench = new Bench();
  const marks = [`other:toys/web`, `${bench.folder}:other/web`, `${bench.folder}:toys`];
  const strangers = marks.map((mark) =>
    spawn(process.execPath, ["-e", steady], {
      stdio: "ignore",
      detached: true,
      env: { ...process.env, SIGNALBOX_SERVICE: mark },
    }),
  );
  onTestFinished(() => {
    for (const stranger of strangers) stranger.kill("SIGKILL");
  });
  await bench.open([bench.spec({ name: "web" })], [known("web", "Stopped", false)]);
  expect(strangers.map(({ pid }) => isAlive(pid ?? 0))).toEqual([true, true, true]);
});
