import type { Machine, OperatorEvent } from "./types";

/**
 * The states in which a command has reached what it asked for. A stop or reset ends where the
 * machine begins. A start or restart ends where initialization succeeds, and in what such a service
 * enters and leaves again while it works (Consensus); a state on the way there is not yet a target.
 * Empty where the machine does not know the event.
 */
export function commandTargets(machine: Machine, event: OperatorEvent): readonly string[] {
  if (!machine.transitions.some((edge) => edge.by === "operator" && edge.event === event)) return [];
  switch (event) {
    case "start":
    case "restart":
      return operationalStates(machine);
    case "stop":
    case "reset":
      return [machine.initial];
  }
}

/** The states that mean a command has failed when it ends up there: those that `reset` clears. */
export function failureStates(machine: Machine): readonly string[] {
  return machine.states
    .map((state) => state.name)
    .filter((name) => machine.transitions.some((edge) => edge.from === name && edge.event === "reset"));
}

function operationalStates(machine: Machine): string[] {
  const observed = machine.transitions.filter((edge) => edge.by === "observed");
  const leads = (from: string, to: string) => observed.some((edge) => edge.from === from && edge.to === to);
  const arrivals = observed
    .filter((edge) => edge.event === "initialized successfully")
    .map((edge) => edge.to);
  return machine.states
    .map((state) => state.name)
    .filter((name) =>
      arrivals.some((arrival) => arrival === name || (leads(arrival, name) && leads(name, arrival))),
    );
}
