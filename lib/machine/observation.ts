import type { Micros } from "./types";

export const causeKinds = [
  "operator",
  "host-operator",
  "service-manager",
  "service",
  "host",
  "network",
  "unknown",
] as const;
export type CauseKind = (typeof causeKinds)[number];

/** Who or what made a service move. `detail` is one sentence for people. */
export interface Cause {
  readonly kind: CauseKind;
  readonly actor?: string;
  readonly commandId?: string;
  readonly detail: string;
}

export const sources = ["signal", "journal", "probe", "process", "snapshot"] as const;
export type Source = (typeof sources)[number];

/** What was read where: properties, exit codes, log lines. Kept with the transition as it was. */
export type Evidence = Readonly<Record<string, unknown>>;

/**
 * Facts of a platform or a probe, translated into a state of the machine.
 * `event` is the platform's word for the move where it knows it; `null` says that how the service
 * came here was not seen, and then no event is claimed even where the machine has an edge.
 */
export interface Observation {
  readonly state: string;
  readonly at: Micros;
  readonly observedAt: Micros;
  readonly bootId: string | null;
  /** The source's monotonic time in microseconds since its boot, if it has one. */
  readonly monotonic: Micros | null;
  readonly event?: string | null;
  readonly cause: Cause;
  readonly evidence: Evidence;
  readonly source: Source;
  /** Names this move once and for all: telling it twice records it once. */
  readonly sourceKey: string;
  /** It was not seen but must have been, as what followed shows. */
  readonly inferred?: boolean;
  /** States that must have been passed on the way but were not seen; recorded as inferred. */
  readonly through?: readonly { readonly state: string; readonly event: string }[];
}

/** One row of history to be, as `advance` makes it. */
export interface Move {
  readonly seq: number;
  readonly from: string | null;
  readonly to: string;
  readonly event: string | null;
  readonly declared: boolean;
  readonly inferred: boolean;
  readonly at: Micros;
  readonly observedAt: Micros;
  readonly bootId: string | null;
  readonly monotonic: Micros | null;
  readonly cause: Cause;
  readonly evidence: Evidence;
  readonly source: Source;
  readonly sourceKey: string;
}
