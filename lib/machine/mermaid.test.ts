import { describe, expect, it } from "vitest";
import { kinds, machineOfKind } from "./kinds/machine-of-kind";
import { edgeOrder, eventLabel, mermaidText } from "./mermaid";

const machines = kinds.flatMap((kind) => machineOfKind(kind) ?? []);

describe.each(machines)("the Mermaid text of a $kind", (machine) => {
  const [first, ...lines] = mermaidText(machine).split("\n");

  it("begins with the line stateDiagram-v2 and the initial arrow", () => {
    expect(first).toBe("stateDiagram-v2");
    expect(lines[0]).toBe("[*] --> Stopped");
  });

  it("has one line per transition, in the order of the table", () => {
    expect(lines.slice(1)).toEqual(
      machine.transitions.map(({ from, to, event }) => `${from} --> ${to}: ${eventLabel(event)}`),
    );
  });

  it("names the transition of each line by its position", () => {
    const order = edgeOrder(machine);
    expect(order).toHaveLength(lines.length);
    expect(order[0]).toBeNull();
    lines.forEach((line, position) => {
      const edge = order[position];
      if (edge) expect(line.startsWith(`${edge.from} --> ${edge.to}:`)).toBe(true);
    });
  });
});

it("operators' events are written as calls, observed ones as they are", () => {
  expect(eventLabel("restart")).toBe("restart()");
  expect(eventLabel("restart initiated")).toBe("restart initiated");
});
