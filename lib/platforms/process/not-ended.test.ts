import { spawn } from "node:child_process";
import { chmodSync, chownSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bootId } from "../../clock";
import { endProcesses } from "./end-processes";
import type { ProcessFact } from "./facts";
import { interpret } from "./interpret";
import { noMemory, type ProcessState } from "./memory";
import { readProcess } from "./process-table";
import { Bench, eventually, isAlive, steady, stubborn, up } from "./testing/bench";
import { startElsewhere } from "./testing/elsewhere";

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

function fact(body: object): ProcessFact {
  return { service: "web", at: 1, monotonic: 1, bootId: "b", invocation: "i", ...body } as ProcessFact;
}

const killFailed = fact({
  tag: "kill-failed",
  patienceMs: 10_000,
  notEnded: [
    { pid: 7, startTime: "1", command: "db", forbidden: false },
    { pid: 8, startTime: "1", command: "su", forbidden: true },
  ],
  leftOvers: [],
});

test("what is still found when its time is over is given up, and nothing loops for ever", async () => {
  const entry = { pid: 2 ** 30, groupId: 1, sessionId: 1, startTime: "1", command: "db" };
  let looks = 0;
  const ended = await endProcesses({
    find: async () => [entry],
    alreadyAsked: () => false,
    times: {
      get isKillTime() {
        return looks > 1;
      },
      get isOver() {
        looks += 1;
        return looks > 3;
      },
    },
    onFound: () => undefined,
    onForbidden: () => undefined,
  });
  expect(ended.notEnded).toEqual([{ pid: 2 ** 30, startTime: "1", command: "db", forbidden: false }]);
});

describe("what could not be ended is an Error that names the processes and why", () => {
  const detail =
    "process 7 (db) still ran 10 s after SIGKILL; process 8 (su) may not be ended by Signalbox: it belongs to another user";

  test.each<[ProcessState, string | null]>([
    ["Stopping", "stop failed"],
    ["Restarting", "stop failed"],
    ["Starting", "initialization failed"],
    ["Stopped", null],
  ])("when it was %s", (state, event) => {
    const { observations, memory } = interpret({ ...noMemory, state }, killFailed);
    expect(observations).toMatchObject([
      { state: "Error", event, cause: { kind: "service-manager", detail } },
    ]);
    expect(observations[0]?.evidence.notEnded).toMatchObject([{ pid: 7 }, { pid: 8 }]);
    expect(memory).toMatchObject({ process: { state: "not ended", detail }, activity: null });
  });
});

/** These need another user, which only root may become. */
describe.skipIf(!isRoot)("a process of another user", () => {
  test("left over: it is given up as stop failed, its service is not started, and no other waits for it", async () => {
    const bench = new Bench();
    const stranger = spawn(process.execPath, ["-e", stubborn], {
      stdio: "ignore",
      detached: true,
      cwd: bench.folder,
    });
    onTestFinished(() => void stranger.kill("SIGKILL"));
    const pid = stranger.pid ?? 0;
    const startTime = readProcess(pid)?.startTime ?? "";
    const state = join(bench.folder, "state");
    mkdirSync(state);
    const record = { service: "db", invocation: "i", pid, startTime, bootId: bootId(), at: 1, monotonic: 1 };
    writeFileSync(join(state, "db.json"), JSON.stringify(record));
    for (const path of [bench.folder, state, join(state, "db.json")]) chownSync(path, nobody, nobody);
    const elsewhere = await startElsewhere(
      bench.folder,
      [
        { ...bench.spec({ name: "db", stopTimeoutMs: 300 }), autostart: true },
        { ...bench.spec({ name: "other" }), autostart: true },
        { ...bench.spec({ name: "web", after: ["db"] }), autostart: true },
      ],
      { uid: nobody },
    );
    await elsewhere.until((told) => told.includes('"other","observation":{"state":"Running"'));
    expect(elsewhere.told()).not.toContain('"stop failed"');
    expect(elsewhere.told()).toContain('"activity":"waiting for db"');
    await elsewhere.until((told) => told.includes('"web","observation":{"state":"Running"'));
    expect(elsewhere.told()).toContain('"event":"stop failed"');
    expect(elsewhere.told()).toContain(`process ${pid} (`);
    expect(elsewhere.told()).toContain("may not be ended by Signalbox: it belongs to another user");
    expect(isAlive(pid)).toBe(true);
  });

  test("a service that became one leaves Stopping as stop failed, is not doubled, and may end later", async () => {
    const bench = new Bench();
    chownSync(bench.folder, nobody, nobody);
    const program = join(bench.folder, "rooted");
    copyFileSync(process.execPath, program);
    chmodSync(program, 0o4755);
    const command = [program, "-e", `process.setgid(0); process.setuid(0); ${up} ${steady}`];
    const spec = {
      ...bench.spec({ name: "web", command, stopTimeoutMs: 300 }),
      autostart: true,
      probed: true,
    };
    const elsewhere = await startElsewhere(bench.folder, [spec], { uid: nobody });
    const running = '"observation":{"state":"Running"';
    await elsewhere.until((told) => told.includes(running));
    const pid = Number(/"state":"running","detail":"pid (\d+)"/.exec(elsewhere.told())?.[1]);
    onTestFinished(() => {
      if (isAlive(pid)) process.kill(pid, "SIGKILL");
    });
    elsewhere.act("web", "stop");
    await elsewhere.until((told) => told.includes('"event":"stop failed"'));
    expect(elsewhere.told()).toContain(`process ${pid} (rooted) may not be ended`);
    elsewhere.act("web", "reset");
    elsewhere.act("web", "restart");
    await elsewhere.until((told) => told.split('{"tag":"refused"').length === 3);
    process.kill(pid, "SIGKILL");
    await eventually(() => !isAlive(pid));
    elsewhere.act("web", "restart");
    await elsewhere.until((told) => told.split(running).length === 3);
  });
});
