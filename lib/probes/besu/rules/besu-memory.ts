import type { Observation } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import type { SyncReason } from "../../../wire/application";
import type { Failure } from "../../contract";
import type { BesuAnswer } from "../besu-answer";
import { type HeadsSeen, noHeads } from "./heads-seen";
import { type LogMemory, noLog } from "./log-memory";
import type { Pace } from "./pace";

/** What the rules know of one node: plain data, and of this run of its process alone. */
export interface BesuMemory {
  /** What history holds by now. */
  readonly state: string | null;
  readonly isUp: boolean;
  /** When its process came up; null: before it was watched. */
  readonly upSince: Micros | null;
  /** Its start was seen: what it proposed before, it did in another run. */
  readonly startSeen: boolean;
  /** The platform's Running, for as long as the application has not spoken. */
  readonly held: Observation | null;
  readonly answer: { readonly answer: BesuAnswer; readonly at: Micros } | null;
  /** The last askings, where they failed. */
  readonly failed: FailedAskings | null;
  readonly heads: HeadsSeen;
  /** The head of the observer that spoke of the chain. */
  readonly chainHeads: HeadsSeen;
  /** When it first answered. */
  readonly answeredSince: Micros | null;
  readonly pace: Pace;
  /** When its head, or its sync, last moved on. */
  readonly progressAt: Micros | null;
  /** Answers in sync since it is Synced. */
  readonly steady: number;
  readonly wasInSync: boolean;
  /** Where the chain stood when this run began; null: it was under way already. */
  readonly firstHeight: number | null;
  readonly lastReason: SyncReason | null;
  /** Since when it has not worked while its process is up; null: it does. */
  readonly amissSince: Micros | null;
  readonly log: LogMemory;
}

export interface FailedAskings {
  readonly failure: Failure;
  readonly why: string;
  readonly mend: string | null;
  readonly times: number;
  readonly since: Micros;
}

/** The states in which the application has spoken, and its process is up. */
const spoken: ReadonlySet<string | null> = new Set(["Syncing", "Synced", "Running", "Consensus"]);

export function hasSpoken(state: string | null): boolean {
  return spoken.has(state);
}

/** Nothing is known but what history holds. */
export function freshMemory(state: string | null, isUp = hasSpoken(state)): BesuMemory {
  return {
    state,
    isUp,
    upSince: null,
    startSeen: false,
    held: null,
    answer: null,
    failed: null,
    heads: noHeads,
    chainHeads: noHeads,
    answeredSince: null,
    pace: [],
    progressAt: null,
    steady: 0,
    wasInSync: state !== "Syncing" && hasSpoken(state),
    firstHeight: null,
    lastReason: null,
    amissSince: null,
    log: noLog,
  };
}

/** Whether it is believed that it does not answer: so many askings in a row have failed. */
export function isSilent({ failed }: BesuMemory, { failures }: { readonly failures: number }): boolean {
  return failed !== null && failed.times >= failures;
}

/** Whether it is believed that it answers, and not to us. */
export function isDenied(memory: BesuMemory, settings: { readonly failures: number }): boolean {
  return isSilent(memory, settings) && memory.failed?.failure === "denied";
}
