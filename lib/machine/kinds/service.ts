import type { Machine } from "../types";
import { error, restarting, running, starting, stopped, stopping } from "./service-states";
import { practicalTransitions, specifiedTransitions } from "./service-transitions";

/** The machine of the specification's "Service State Diagram", and what practice adds to it. */
export const service: Machine = {
  kind: "service",
  title: "Any service: started, running, stopped",
  initial: "Stopped",
  states: [stopped, starting, running, stopping, error, restarting],
  transitions: [...specifiedTransitions, ...practicalTransitions],
};
