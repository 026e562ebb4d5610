import type { Health } from "../../wire/service";
import type { ServiceDetail } from "../contract";
import type { FactBody, StopPurpose, Trigger } from "./facts";

/** The states of the base machine: all that a plain process can be in. */
export const processStates = ["Stopped", "Starting", "Running", "Stopping", "Error", "Restarting"] as const;
export type ProcessState = (typeof processStates)[number];

export type Exit = Extract<FactBody, { tag: "exited" }>;

/** A stop under way. */
export interface Stop {
  readonly purpose: StopPurpose;
  readonly trigger: Trigger;
  readonly timedOut: { readonly limitMs: number; readonly hurried: boolean } | null;
}

/** What the interpretation keeps from fact to fact. */
export interface Memory {
  /** `null` until the service was first seen. */
  readonly state: ProcessState | null;
  readonly invocation: string | null;
  /** Moves of this invocation so far. */
  readonly moves: number;
  readonly start: { readonly trigger: Trigger; readonly oneshot: boolean; readonly deed: string } | null;
  readonly pid: number | null;
  readonly startTimedOut: { readonly limitMs: number; readonly detail: string } | null;
  readonly stop: Stop | null;
  /** How the process ended, until all that it left behind is gone too. */
  readonly exit: Exit | null;
  readonly probed: boolean;
  readonly process: ServiceDetail["process"];
  readonly health: Health;
  readonly activity: string | null;
}

export const noMemory: Memory = {
  state: null,
  invocation: null,
  moves: 0,
  start: null,
  pid: null,
  startTimedOut: null,
  stop: null,
  exit: null,
  probed: false,
  process: { state: "none", detail: "no process" },
  health: { status: "unknown", detail: "not running" },
  activity: null,
};

/** What is shown beside the state. */
export function detailOf(memory: Memory): ServiceDetail {
  return {
    process: memory.process,
    health: memory.health,
    load: "loaded",
    activity: memory.activity,
  };
}
