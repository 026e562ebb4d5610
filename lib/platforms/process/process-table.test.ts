import { spawn } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { bootId } from "../../clock";
import { groupRemains, lives, signalGroup, signalProcess } from "./identity";
import { listFromPs, listProcesses, parseStat, readProcess, readVariables } from "./process-table";
import { eventually, makeFolder, steady } from "./testing/bench";

function start(program = process.execPath) {
  const child = spawn(program, ["-e", steady], {
    stdio: "ignore",
    detached: true,
    env: { ...process.env, MARK: "a=b", EMPTY: "" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child.pid ?? 0;
}

describe("the process table", () => {
  test("reads names with spaces and parentheses in them", () => {
    const folder = makeFolder();
    const program = join(folder, "a) R 1 (b");
    copyFileSync(process.execPath, program);
    const pid = start(program);
    const entry = readProcess(pid);
    expect(entry).toMatchObject({ pid, groupId: pid, sessionId: pid });
    expect(Number(entry?.startTime)).toBeGreaterThan(0);
  });

  test("has no place for zombies, nor for what is no process", () => {
    const fields = "1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4242 0";
    expect(parseStat(`7 (x) S ${fields}`)).toMatchObject({ pid: 7, startTime: "4242", command: "x" });
    expect(parseStat(`7 (x) Z ${fields}`)).toBeNull();
    expect(parseStat("")).toBeNull();
    expect(readProcess(2 ** 30)).toBeNull();
  });

  test("is told alike by /proc and by ps", async () => {
    const pid = start();
    const [here, there] = await Promise.all([listProcesses(), listFromPs()]);
    const [a, b] = [here, there].map((list) => list.find((entry) => entry.pid === pid));
    expect(a).toMatchObject({ pid, groupId: pid });
    expect(b).toMatchObject({ pid, groupId: pid, command: a?.command });
    expect(b?.startTime).toMatch(/^\w{3} \w{3} \d+ [\d:]+ \d{4}$/);
  });

  test("knows the environment that a process was started with", async () => {
    const pid = start();
    const read = () => readVariables(pid, ["MARK", "EMPTY", "MAR"]);
    await eventually(async () => (await read()).MARK !== null);
    expect(await read()).toEqual({ MARK: "a=b", EMPTY: "", MAR: null });
    expect(await readVariables(2 ** 30, ["MARK"])).toEqual({ MARK: null });
  });
});

describe("a signal", () => {
  test("reaches only the process that is meant, by start time and boot", async () => {
    const pid = start();
    const entry = readProcess(pid);
    if (entry === null) throw new Error("it did not start");
    const identity = { pid, startTime: entry.startTime, bootId: bootId() };
    expect(lives(identity)).toBe(true);
    for (const other of [
      { ...identity, startTime: "1" },
      { ...identity, bootId: "another" },
      { ...identity, startTime: "" },
    ]) {
      expect(lives(other)).toBe(false);
      expect(signalGroup(other, "SIGKILL")).toBe("gone");
    }
    expect(signalProcess({ ...entry, startTime: "1" }, "SIGKILL")).toBe("gone");
    expect(lives(identity)).toBe(true);
    expect(groupRemains(pid)).toBe(true);
    expect(signalGroup(identity, "SIGKILL")).toBe("sent");
    await eventually(() => !lives(identity));
  });

  test("never reaches everyone, our own group, or init", () => {
    const init = readProcess(1);
    if (init === null) throw new Error("there is no init");
    expect(signalProcess(init, "SIGCONT")).toBe("gone");
    expect(signalGroup({ ...init, bootId: bootId() }, "SIGCONT")).toBe("gone");
  });
});
