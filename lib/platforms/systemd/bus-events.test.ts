import { describe, expect, test } from "vitest";
import { decodeMessage, encodeMessage, messageTypes, type OutgoingMessage } from "./bus/message";
import { MessageSplitter } from "./bus/message-splitter";
import { type BusEvent, loginName, managerName, readSignal } from "./bus-events";
import { readProperties } from "./read-properties";
import { capturedBytes } from "./testing/captured-session";

const owners = new Map([
  [managerName, ":1.17"],
  [loginName, ":1.5"],
]);
const greetingBytes = capturedBytes("client").indexOf("\n", "DATA\r\n".length) + 1;
const crash = "sb-crash-restart.service";

function capturedEvents(of: ReadonlyMap<string, string>): BusEvent[] {
  return new MessageSplitter()
    .push(capturedBytes("client").subarray(greetingBytes))
    .flatMap((message) => readSignal(message, of) ?? []);
}

function signal(message: Partial<OutgoingMessage>) {
  const bytes = encodeMessage({
    type: messageTypes.signal,
    serial: 1,
    path: "/",
    sender: ":1.17",
    ...message,
  });
  return readSignal(decodeMessage(bytes), owners);
}

describe("a captured session's signals", () => {
  test("tell the unit's way through start, crash, automatic restart, restart and stop", () => {
    const states = capturedEvents(owners).flatMap((event) => {
      if (event.tag !== "properties" || event.unit !== crash) return [];
      const { activeState, subState } = event.properties;
      return activeState === undefined ? [] : [`${activeState}/${subState}`];
    });
    const moves = states.filter((state, index) => state !== states[index - 1]);
    expect(moves).toEqual([
      "inactive/dead",
      "active/running",
      "failed/failed",
      "activating/auto-restart",
      "inactive/dead",
      "active/running",
      "deactivating/stop-sigterm",
      "inactive/dead",
      "active/running",
      "deactivating/stop-sigterm",
      "inactive/dead",
    ]);
  });

  test("tell its jobs, and how they ended", () => {
    const events = capturedEvents(owners);
    const jobs = events.flatMap((event) => (event.tag === "job-new" ? [event.job] : []));
    expect(jobs[0]).toBe(10783);
    for (const job of jobs) {
      expect(events).toContainEqual({ tag: "job-removed", job, unit: crash, result: "done" });
    }
  });

  test("tell nothing where they do not come from who owns systemd's name", () => {
    expect(capturedEvents(new Map([[managerName, ":1.18"]]))).toEqual([]);
    expect(capturedEvents(new Map())).toEqual([]);
  });
});

describe("a signal", () => {
  const manager = { interface: `${managerName}.Manager` };

  test("of systemd or logind is told by what it means", () => {
    expect(signal({ ...manager, member: "Reloading", signature: "b", body: [true] })).toEqual({
      tag: "reloading",
      active: true,
    });
    expect(
      signal({ ...manager, member: "StartupFinished", signature: "tttttt", body: [1, 2, 3, 4, 5, 6] }),
    ).toEqual({
      tag: "startup-finished",
    });
    expect(signal({ ...manager, member: "UnitFilesChanged" })).toEqual({ tag: "unit-files-changed" });
    const shutdown = { interface: `${loginName}.Manager`, member: "PrepareForShutdown", signature: "b" };
    expect(signal({ ...shutdown, sender: ":1.5", body: [true] })).toEqual({ tag: "system-shutdown" });
    expect(signal({ ...shutdown, sender: ":1.5", body: [false] })).toBeNull();
    expect(signal({ ...shutdown, sender: ":1.17", body: [true] })).toBeNull();
  });

  test("of a job tells its state and, where it is in it, its type", () => {
    const path = "/org/freedesktop/systemd1/job/12";
    const body = [`${managerName}.Job`, [["State", { signature: "s", value: "running" }]], []];
    const changed = { interface: "org.freedesktop.DBus.Properties", member: "PropertiesChanged", path };
    expect(signal({ ...changed, signature: "sa{sv}as", body })).toEqual({
      tag: "job",
      job: 12,
      state: "running",
    });
  });

  test("that is not of the type it should be tells nothing", () => {
    expect(signal({ ...manager, member: "JobNew", signature: "s", body: ["x"] })).toBeNull();
    expect(signal({ ...manager, member: "Unheard", signature: "s", body: ["x"] })).toBeNull();
  });
});

describe("a unit's properties", () => {
  test("are left out where they were not told, or are not of their type", () => {
    expect(readProperties(new Map())).toEqual({});
    expect(readProperties(new Map([["ActiveState", 7]]))).toEqual({});
    expect(readProperties(new Map([["StateChangeTimestamp", 7]]))).toEqual({});
  });

  test("say never as null, and no invocation as an empty text", () => {
    const told = new Map<string, number | Uint8Array>([
      ["ActiveEnterTimestamp", 0],
      ["ActiveEnterTimestampMonotonic", 0],
      ["InvocationID", new Uint8Array()],
    ]);
    expect(readProperties(told)).toEqual({ activeEnter: null, invocation: "" });
  });
});
