import type { Micros } from "../../machine/types";
import type { Failure } from "../contract";
import type { TunnelAnswer } from "./answer";
import { type LogNotes, noNotes } from "./log-notes";

/** What the rules keep of a tunnel between two facts. */
export interface TunnelMemory {
  /** What history holds by now, and since when; null: nothing, or not known. */
  readonly state: string | null;
  readonly since: Micros | null;
  /** What its process does while it is up; null: it is down, or nobody has said. */
  readonly process: { readonly state: "Starting" | "Running"; readonly since: Micros | null } | null;
  /** The newest answer of this invocation. */
  readonly answer: TunnelAnswer | null;
  /** Why the newest asking got no answer; null: it got one, or nobody has asked. */
  readonly silence: Silence | null;
  /** Starts in a row that came to no connection, this one included. It outlives the invocation. */
  readonly fruitless: { readonly starts: number; readonly since: Micros } | null;
  readonly log: LogNotes;
  /** The keys of the newest moves of the process that were passed on. */
  readonly passed: readonly string[];
}

export interface Silence {
  readonly failure: Failure;
  readonly why: string;
  readonly mend: string | null;
  /** When the first asking in this row failed. */
  readonly since: Micros;
  /** How many have failed in a row. */
  readonly failures: number;
}

/** The states in which the process is up. */
export const upStates: ReadonlySet<string> = new Set([
  "Starting",
  "Connecting",
  "Connected",
  "Running",
  "Reconnecting",
]);

/** What the process does in a state of the application: a tunnel that once connected has started. */
export function processStateOf(state: string): string {
  switch (state) {
    case "Connecting":
      return "Starting";
    case "Connected":
    case "Reconnecting":
      return "Running";
    default:
      return state;
  }
}

/** Goes on where history stands. */
export function beginMemory(state: string | null, since: Micros | null): TunnelMemory {
  const process = state === null ? null : processStateOf(state);
  const isFruitless = process === "Starting" && since !== null;
  return {
    state,
    since,
    process: process === "Starting" || process === "Running" ? { state: process, since } : null,
    answer: null,
    silence: null,
    fruitless: isFruitless ? { starts: 1, since } : null,
    log: noNotes,
    passed: [],
  };
}
