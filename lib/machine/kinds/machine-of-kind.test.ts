import { describe, expect, it } from "vitest";
import { type Machine, operatorEvents } from "../types";
import { kinds, machineOfKind } from "./machine-of-kind";

const machines = kinds.flatMap((kind) => machineOfKind(kind) ?? []);
const keyOf = ({ from, to, event }: Machine["transitions"][number]) => `${from} → ${to}: ${event}`;

function practicalEdges(kind: string): string[] {
  const edges = machineOfKind(kind)?.transitions ?? [];
  return edges.filter((edge) => edge.origin === "practical").map(keyOf);
}

const practicalOfService = [
  "Starting → Stopping: stop",
  "Starting → Stopped: finished",
  "Starting → Stopped: skipped",
  "Running → Stopped: exited",
  "Restarting → Error: stop failed",
  "Error → Stopped: stopped",
  "Stopping → Starting: start",
];

function likeRunning(state: string, failure = "runtime error"): string[] {
  return [
    `${state} → Stopping: stop`,
    `${state} → Restarting: restart`,
    `${state} → Error: ${failure}`,
    `${state} → Stopped: exited`,
  ];
}

it("knows the three kinds, and no other", () => {
  expect(kinds).toEqual(["service", "besu", "cloudflared"]);
  expect(machines.map((machine) => machine.kind)).toEqual(kinds);
  expect(machineOfKind("toString")).toBeUndefined();
});

describe.each(machines)("the $kind machine", (machine) => {
  const names = machine.states.map((state) => state.name);

  it("reaches every state from the initial one", () => {
    const reached = new Set([machine.initial]);
    for (const state of reached) {
      for (const edge of machine.transitions) if (edge.from === state) reached.add(edge.to);
    }
    expect([...reached].sort()).toEqual([...names].sort());
  });

  it("names each state once and leads only between states it has, never to the same one", () => {
    expect(new Set(names).size).toBe(names.length);
    for (const { from, to } of machine.transitions) {
      expect(names).toContain(from);
      expect(names).toContain(to);
      expect(from).not.toBe(to);
    }
  });

  it("has each edge once", () => {
    expect(new Set(machine.transitions.map(keyOf)).size).toBe(machine.transitions.length);
  });

  it("says why of each practical edge, in one sentence, and of no specified one", () => {
    for (const edge of machine.transitions) {
      if (edge.origin === "practical") expect(edge.why, keyOf(edge)).toMatch(/^[A-Z][^.]+\.$/);
      else expect(edge.why, keyOf(edge)).toBeUndefined();
    }
  });

  it("gives operators only events that they can ask for, and one way for each", () => {
    const asked = machine.transitions.filter((edge) => edge.by === "operator");
    for (const edge of asked) expect(operatorEvents).toContain(edge.event);
    expect(new Set(asked.map((edge) => `${edge.from} ${edge.event}`)).size).toBe(asked.length);
  });

  it("never leaves Error or Stopped without a way out for the operator", () => {
    const waysOut = (state: string) =>
      machine.transitions.filter((edge) => edge.from === state && edge.by === "operator").map((e) => e.event);
    expect(waysOut("Stopped")).toEqual(["start"]);
    expect(waysOut("Error")).toEqual(["reset", "restart"]);
  });
});

describe("the practical edges", () => {
  it("of a service are the seven that reality needs", () => {
    expect(practicalEdges("service")).toEqual(practicalOfService);
  });

  it("of a besu node add consensus, falling behind, and Running's ways out of each further state", () => {
    expect(practicalEdges("besu")).toEqual([
      ...practicalOfService,
      "Running → Consensus: joined consensus",
      "Consensus → Running: left consensus",
      "Running → Syncing: fell behind",
      "Synced → Syncing: fell behind",
      "Consensus → Syncing: fell behind",
      ...likeRunning("Syncing"),
      ...likeRunning("Synced"),
      ...likeRunning("Consensus"),
    ]);
  });

  it("of a tunnel add a lost first connection, and Running's ways out of each further state", () => {
    expect(practicalEdges("cloudflared")).toEqual([
      ...practicalOfService,
      "Connected → Reconnecting: connection lost",
      ...likeRunning("Connecting", "initialization failed"),
      ...likeRunning("Connected"),
      ...likeRunning("Reconnecting"),
    ]);
  });

  it("offer no start in Stopping: that one is only ever seen", () => {
    const edge = machineOfKind("service")?.transitions.find(
      ({ from, to }) => from === "Stopping" && to === "Starting",
    );
    expect(edge).toMatchObject({ event: "start", by: "observed" });
  });
});
