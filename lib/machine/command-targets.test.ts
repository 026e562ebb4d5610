import { expect, it } from "vitest";
import { commandTargets, failureStates } from "./command-targets";
import { kinds, machineOfKind } from "./kinds/machine-of-kind";
import { service } from "./kinds/service";

const machines = kinds.flatMap((kind) => machineOfKind(kind) ?? []);

it.each([
  ["service", ["Running"]],
  ["besu", ["Running", "Consensus"]],
  ["cloudflared", ["Running"]],
])("a start or restart of a %s has reached its target in %j only", (kind, targets) => {
  const machine = machineOfKind(kind) ?? service;
  expect(machine.kind).toBe(kind);
  expect(commandTargets(machine, "start")).toEqual(targets);
  expect(commandTargets(machine, "restart")).toEqual(targets);
});

it.each(machines)("a stop or reset of a $kind has reached its target in Stopped only", (machine) => {
  expect(commandTargets(machine, "stop")).toEqual(["Stopped"]);
  expect(commandTargets(machine, "reset")).toEqual(["Stopped"]);
});

it.each(machines)("a command to a $kind fails in Error only", (machine) => {
  expect(failureStates(machine)).toEqual(["Error"]);
});

it("an event that the machine does not know has no target", () => {
  const transitions = service.transitions.filter((edge) => edge.event !== "reset");
  expect(commandTargets({ ...service, transitions }, "reset")).toEqual([]);
});
