import type { Cause } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import type { HostInstant, Seen, UnitProperties } from "../unit-facts";
import type { JobSeen, Moment, UnitMemory, UnitState } from "./memory";

/** Everything that a decision looks at: what is remembered, what systemd says now, when we saw it. */
export interface Situation {
  readonly memory: UnitMemory;
  readonly properties: UnitProperties;
  readonly seen: Seen;
  readonly settleMs: number;
}

/** One move to be told. */
export interface Step {
  readonly to: UnitState;
  /** `null`: how it came about was not seen. */
  readonly event: string | null;
  readonly at: Moment;
  readonly cause: Cause;
  readonly inferred?: boolean;
  /** The life that ends or lives in it, where that is another than the one remembered. */
  readonly invocation?: string;
  /** The life that names the move, where it begins none of its own: a start that was refused. */
  readonly keyedBy?: string;
  /** The job that brings it about; 0 for none. */
  readonly job: number;
}

export type Plan =
  | { readonly tag: "stay" }
  /** The first look agrees with history: nothing is told. */
  | { readonly tag: "adopt" }
  /** Another life is in the same state: nothing is told, and it is followed from now on. */
  | { readonly tag: "renew" }
  | { readonly tag: "go"; readonly step: Step }
  /** Something that comes within moments will tell; if it does not, `step` is taken, or nothing. */
  | { readonly tag: "hold"; readonly reason: string; readonly step: Step | null };

export const stay: Plan = { tag: "stay" };

export function go(step: Step): Plan {
  return { tag: "go", step };
}

/** The host's wall clock at the moment of the fact, as well as ours can tell it. */
export function hostNow({ memory, seen }: Situation): Micros {
  return seen.at + (memory.clockOffsetUs ?? 0);
}

/** The job that is there now. */
export function currentJob({ memory, properties }: Situation): JobSeen | null {
  return properties.job ? (memory.jobs.find(({ id }) => id === properties.job) ?? null) : null;
}

/** The first of the instants that does not lie before the last move; else the moment of the fact. */
export function pick(
  situation: Situation,
  ...candidates: readonly (HostInstant | null | undefined)[]
): Moment {
  const { last } = situation.memory;
  const fits = candidates.find((instant) => instant && !isBefore(instant, last));
  return fits ?? { at: hostNow(situation), monotonic: null };
}

function isBefore(instant: HostInstant, last: Moment | null): boolean {
  if (last === null) return false;
  return last.monotonic === null ? instant.at < last.at : instant.monotonic < last.monotonic;
}

/** The instant lies after the last move (not at it). */
export function isNews(instant: HostInstant | null | undefined, last: Moment | null): boolean {
  if (!instant) return false;
  if (last === null) return true;
  return last.monotonic === null ? instant.at > last.at : instant.monotonic > last.monotonic;
}

/** `later` is not before `earlier`; false where either is missing. */
export function follows(
  later: HostInstant | null | undefined,
  earlier: HostInstant | null | undefined,
): boolean {
  return !!later && !!earlier && later.monotonic >= earlier.monotonic;
}

/** The newest job that has not yet brought anything about; it may be over. */
export function newestJob({ memory }: Situation): JobSeen | null {
  const job = memory.jobs.at(-1);
  return job !== undefined && job.id > memory.jobsTold ? job : null;
}
