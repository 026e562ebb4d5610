import { describe, expect, it } from "vitest";
import { machineOfKind } from "../machine/kinds/machine-of-kind";
import type { OperatorEvent } from "../machine/types";
import { type CommandLife, followMove } from "./command-life";

const cause = { kind: "service", detail: "exited with code 3" } as const;

function life(event: OperatorEvent, target: string | null = null, kind = "service"): CommandLife {
  const machine = machineOfKind(kind);
  if (!machine) throw new Error(`no machine ${kind}`);
  return { machine, event, target };
}

function follow(event: OperatorEvent, to: string, moved: string | null = null, target: string | null = null) {
  return followMove(life(event, target), { to, event: moved, cause });
}

describe("a command before its target is reached", () => {
  it("is on its way while the service passes the states between", () => {
    expect(follow("start", "Starting").tag).toBe("waiting");
    expect(follow("restart", "Restarting").tag).toBe("waiting");
    expect(follow("restart", "Starting").tag).toBe("waiting");
    expect(follow("stop", "Stopping").tag).toBe("waiting");
    expect(follow("reset", "Stopping").tag).toBe("waiting");
  });

  it("reaches it only in the state it asked for", () => {
    expect(follow("start", "Running")).toEqual({ tag: "reached", target: "Running" });
    expect(follow("restart", "Running")).toEqual({ tag: "reached", target: "Running" });
    expect(follow("stop", "Stopped")).toEqual({ tag: "reached", target: "Stopped" });
    expect(follow("reset", "Stopped")).toEqual({ tag: "reached", target: "Stopped" });
  });

  it.each(["start", "stop", "restart"] as const)("%s fails in Error, with the cause in words", (event) => {
    expect(follow(event, "Error")).toEqual({
      tag: "failed",
      detail: "Error instead: exited with code 3",
    });
  });

  it("counts a one-shot that has finished as started, and one that was stopped as failed", () => {
    expect(follow("start", "Stopped", "finished").tag).toBe("reached");
    expect(follow("start", "Stopped", "stopped successfully").tag).toBe("failed");
    expect(follow("start", "Stopping", "stop").tag).toBe("failed");
  });

  it("fails a stop when the service comes up again instead", () => {
    expect(follow("stop", "Starting", "start").tag).toBe("failed");
  });

  it("goes through the application's own states on the way to Running", () => {
    for (const to of ["Syncing", "Synced"])
      expect(followMove(life("start", null, "besu"), { to, event: null, cause }).tag).toBe("waiting");
    expect(followMove(life("start", null, "besu"), { to: "Running", event: "ready", cause }).tag).toBe(
      "reached",
    );
  });
});

describe("a command whose target was reached", () => {
  it("fails when the service leaves it while it should hold", () => {
    expect(follow("start", "Error", "runtime error", "Running")).toEqual({
      tag: "failed",
      detail: "Running was reached but did not hold: Error, exited with code 3",
    });
  });

  it("holds when a validator goes on from Running to Consensus", () => {
    const holding = life("start", "Running", "besu");
    expect(followMove(holding, { to: "Consensus", event: "joined consensus", cause }).tag).toBe("waiting");
  });
});
