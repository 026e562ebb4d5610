import { expect, test } from "vitest";
import { machineOfKind } from "@/lib/machine/kinds/machine-of-kind";
import { edgeOrder } from "@/lib/machine/mermaid";
import { aService, aTransition } from "../live/examples";
import { markDiagram, markMachine } from "./marks";

function baseMachine() {
  const machine = machineOfKind("service");
  if (machine === undefined) throw new Error("no base machine");
  return machine;
}

const machine = baseMachine();
const edges = edgeOrder(machine);
const named = (index: number) => `${edges[index]?.from} ${edges[index]?.event} ${edges[index]?.to}`;

test("the legal moves are the edges that leave the current state by an allowed event", () => {
  const { levers, edges: marks } = markDiagram(
    machine,
    aService({ state: "Running", allowed: ["stop", "restart"] }),
    [],
  );
  expect(levers.map(({ index }) => named(index)).sort()).toEqual([
    "Running restart Restarting",
    "Running stop Stopping",
  ]);
  for (const { index } of levers) expect(marks[index]?.reach).toBe("legal");
});

test("what is refused now is no lever, though the machine has the edge", () => {
  const { levers } = markDiagram(machine, aService({ state: "Running", allowed: [] }), []);
  expect(levers).toEqual([]);
});

test("the trail is the way taken here, the last move first", () => {
  const transitions = [
    aTransition({ seq: 3, id: "3", from: "Starting", to: "Running", event: "initialized successfully" }),
    aTransition({ seq: 2, id: "2", from: "Error", to: "Starting", event: "restart" }),
    aTransition({ seq: 1, id: "1", from: "Running", to: "Error", event: "runtime error" }),
  ];
  const { edges: marks, nodeTrail } = markDiagram(machine, aService(), transitions);
  const trail = marks.flatMap((mark, index) => (mark.trail === null ? [] : [[mark.trail, named(index)]]));
  expect(Object.fromEntries(trail)).toEqual({
    0: "Starting initialized successfully Running",
    1: "Error restart Starting",
    2: "Running runtime error Error",
  });
  expect([...nodeTrail]).toEqual([
    ["Starting", 0],
    ["Error", 1],
  ]);
});

test("a move that the machine does not have is on no edge", () => {
  const undeclared = aTransition({ from: "Stopped", to: "Error", event: null, declared: false });
  const { edges: marks } = markDiagram(machine, aService({ state: "Error" }), [undeclared]);
  expect(marks.every((mark) => mark.trail === null && mark.count === 0)).toBe(true);
});

test("a machine that no service is in has every edge once, the practical ones told apart", () => {
  const { edges: marks, levers } = markMachine(machine);
  expect(marks.map(({ practical }) => practical)).toEqual(edges.map((edge) => edge?.origin === "practical"));
  expect(levers).toEqual([]);
});
