import { expect, test } from "vitest";
import { kinds, machineOfKind } from "@/lib/machine/kinds/machine-of-kind";
import { edgeAnchor, stateAnchor } from "./anchors";

test("every machine, state and transition has an anchor of its own that an address can hold", () => {
  const anchors = kinds.flatMap((kind) => {
    const machine = machineOfKind(kind);
    if (machine === undefined) throw new Error(`no machine of kind ${kind}`);
    return [
      kind,
      ...machine.states.map(({ name }) => stateAnchor(kind, name)),
      ...machine.transitions.map((edge) => edgeAnchor(kind, edge)),
    ];
  });
  expect(new Set(anchors).size).toBe(anchors.length);
  for (const anchor of anchors) expect(anchor).toMatch(/^[\w-]+$/);
});
