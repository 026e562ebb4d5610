import type { CauseKind } from "../../machine/observation";
import type { Machine, Micros, OperatorEvent } from "../../machine/types";
import type { Quorum } from "../../wire/group";
import type { ThrashVerdict } from "../thrash/judge";
import type { LoopLimits } from "../thrash/loops";

/** The limits in force, by the rule's key: in ms, 0 for a switch that is on; null: the rule is off. */
export type Limits = Readonly<Record<string, number | null>>;

/** All that the rules are asked about a service. Spans are in ms and hold only what was seen. */
export interface ServicePicture {
  /** `host/name` */
  readonly id: string;
  readonly machine: Machine;
  readonly state: string;
  readonly since: Micros;
  readonly seenMs: number;
  /** What brought it there. */
  readonly cause: { readonly kind: CauseKind; readonly detail: string } | null;
  readonly health: {
    readonly status: "ok" | "degraded" | "failing" | "unknown";
    readonly detail: string;
    readonly since: Micros;
    readonly seenMs: number;
  } | null;
  /** What of its own words the rules need; null: nothing of it runs, or nobody asks it. */
  readonly application: ApplicationPicture | null;
  readonly thrash: ThrashVerdict;
  readonly thrashLimits: LoopLimits;
  /** The newest command, if it went wrong. */
  readonly failed: FailedCommand | null;
  /** Of 100 stays in this state 95 were shorter; null where history cannot speak. */
  readonly usualMs: number | null;
  readonly limits: Limits;
}

export interface FailedCommand {
  readonly event: OperatorEvent;
  readonly actor: string;
  readonly status: "failed" | "timed-out";
  readonly settledAt: Micros;
  readonly detail: string;
}

/** What lasts: since when, and how much of that was seen. */
interface Lasting {
  readonly since: Micros;
  readonly seenMs: number;
  /** In words, why it is so. */
  readonly detail: string;
}

export interface ApplicationPicture {
  /** Its process is well and it is not. */
  readonly disagreement: Lasting | null;
  /** It is not in sync, and its head has not moved since; `progressAt` null: not as long as it is watched. */
  readonly sync: (Omit<Lasting, "since"> & { readonly progressAt: Micros | null }) | null;
  /** It is a validator and does not propose. */
  readonly idle: Lasting | null;
}

/** All that the rules are asked about a group of services. */
export interface GroupPicture {
  /** Its name. */
  readonly id: string;
  /** Null: none of its members is a validator. */
  readonly quorum: Quorum | null;
  /** Fewer validators take part than the chain has, and none may fail any more, or too many have. */
  readonly risk: Omit<Lasting, "detail"> | null;
  /** The chain stands still. */
  readonly lost: Omit<Lasting, "detail"> | null;
  readonly limits: Limits;
}

/** All that the rules are asked about a host. */
export interface HostPicture {
  readonly id: string;
  /** Null while it is seen. */
  readonly lost: { readonly since: Micros; readonly seenMs: number; readonly reason: string } | null;
  readonly limits: Limits;
}
