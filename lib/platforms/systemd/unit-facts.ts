import type { Micros, OperatorEvent } from "../../machine/types";
import type { ActionContext } from "../contract";

/**
 * What Signalbox learns of one service unit, in systemd's own words (DOMAIN §1, org.freedesktop.systemd1(5)).
 * The watcher makes facts of D-Bus messages, `npm run replay` makes them of captures; what they mean
 * is decided in one place, `interpret`.
 */

/** One instant by both clocks of the host; systemd's 0 ("never") is `null` instead. */
export interface HostInstant {
  readonly at: Micros;
  readonly monotonic: Micros;
}

/** The properties that the interpretation reads. Absent: systemd has not told it (yet). */
export interface UnitProperties {
  readonly loadState?: string;
  readonly loadError?: string;
  readonly activeState?: string;
  readonly subState?: string;
  readonly unitFileState?: string;
  readonly needDaemonReload?: boolean;
  /** 0: no job. */
  readonly job?: number;
  readonly stateChange?: HostInstant | null;
  readonly inactiveExit?: HostInstant | null;
  readonly activeEnter?: HostInstant | null;
  readonly activeExit?: HostInstant | null;
  readonly inactiveEnter?: HostInstant | null;
  readonly conditionResult?: boolean;
  readonly conditionAt?: HostInstant | null;
  readonly assertResult?: boolean;
  /** 32 hexadecimal digits; "" while the unit has had no invocation. */
  readonly invocation?: string;
  /** What triggered this activation, as systemd ≥ 252 tells: [["trigger_unit", "x.timer"], …]. */
  readonly activationDetails?: readonly (readonly [string, string])[];
  /** "simple", "notify", "oneshot", … */
  readonly type?: string;
  readonly restart?: string;
  readonly restartUs?: Micros;
  readonly timeoutStartUs?: Micros;
  readonly timeoutStopUs?: Micros;
  readonly remainAfterExit?: boolean;
  readonly mainPid?: number;
  readonly controlPid?: number;
  readonly controlGroup?: string;
  readonly statusText?: string;
  readonly result?: string;
  readonly nRestarts?: number;
  readonly execMainStart?: HostInstant | null;
  readonly execMainExit?: HostInstant | null;
  /** 1 exited, 2 killed, 3 dumped (CLD_*); 0 while it runs. */
  readonly execMainCode?: number;
  readonly execMainStatus?: number;
  /** Units whose stop or start takes this one along: Requires, Requisite, BindsTo, PartOf, in one list. */
  readonly boundTo?: readonly string[];
  /** Units that pull this one in: RequiredBy, WantedBy, UpheldBy, in one list. */
  readonly pulledInBy?: readonly string[];
  /** Timers, sockets and paths that start it. */
  readonly triggeredBy?: readonly string[];
}

/** One journal entry about a unit, parsed from `journalctl -o json`. */
export interface JournalEntry {
  readonly cursor: string;
  /** `_SOURCE_REALTIME_TIMESTAMP`, else `__REALTIME_TIMESTAMP`. */
  readonly at: Micros;
  readonly monotonic: Micros | null;
  /** 32 hexadecimal digits. */
  readonly bootId: string;
  /** UNIT, or OBJECT_SYSTEMD_UNIT, or COREDUMP_UNIT; null on entries that are about no unit. */
  readonly unit: string | null;
  /** INVOCATION_ID; "" where the entry has none. */
  readonly invocation: string;
  readonly messageId: string | null;
  readonly message: string;
  readonly priority: number | null;
  readonly pid: number | null;
  /** All other fields that are text: JOB_TYPE, JOB_RESULT, EXIT_CODE, CODE_FUNC, … */
  readonly fields: Readonly<Record<string, string>>;
}

/** When a fact came to us, by our own clocks. In a replay: by the capture's. */
export interface Seen {
  readonly at: Micros;
  readonly monotonic: Micros;
}

export type UnitFact = { readonly seen: Seen } & (
  | {
      /** The watch begins (again): what history says of the unit; null where it has none. */
      readonly tag: "opened";
      /** 32 hexadecimal digits, or what stands in for them where the host does not tell it. */
      readonly bootId: string;
      readonly state: string | null;
      readonly since: Micros | null;
      /** The host's clock minus ours, in µs; null where it is not known. */
      readonly clockOffsetUs: Micros | null;
      /** The keys of its newest moves in history, so that the next move of the same name counts on. */
      readonly keys?: readonly string[];
    }
  /** Properties as of one moment: all of them (`whole`, after a question), or those that a signal told. */
  | { readonly tag: "properties"; readonly whole: boolean; readonly properties: UnitProperties }
  /** `together`: other units that were given a job in the same breath, which tells dependencies. */
  | { readonly tag: "job-new"; readonly job: number; readonly together: readonly string[] }
  /** A job's own properties, where they could be read: its type (start, stop, restart, …), its state. */
  | { readonly tag: "job"; readonly job: number; readonly type?: string; readonly state?: string }
  | { readonly tag: "job-removed"; readonly job: number; readonly result: string }
  /** Signalbox is about to ask for this; what follows under a new job is most likely ours. */
  | { readonly tag: "commanded"; readonly event: OperatorEvent; readonly context: ActionContext }
  /** systemd's answer: the job it made of it (null: none was needed), or no job at all. */
  | {
      readonly tag: "command-answered";
      readonly commandId: string;
      readonly job: number | null;
      readonly error: string | null;
    }
  /** The manager begins to start the host up, has finished that, or shuts the host down. */
  | { readonly tag: "manager"; readonly phase: "starting" | "running" | "stopping" }
  /** An entry of the live journal; it says why, after the fact. */
  | { readonly tag: "journal"; readonly entry: JournalEntry }
  /** The host's clock is so far from ours, in µs: one of the two was set meanwhile. */
  | { readonly tag: "clock"; readonly clockOffsetUs: Micros }
  /** The moment that `wakeAt` asked for has come. */
  | { readonly tag: "tick" }
);

/**
 * The key that names a move once and for all, whoever tells it: the journal and a signal telling
 * the same move make the same key. An invocation enters a state once, unless something turns round
 * in the middle; `ordinal` counts from 1.
 */
export function moveKey(invocation: string, to: string, ordinal = 1): string {
  return `${invocation}/${to}${ordinal > 1 ? `#${ordinal}` : ""}`;
}

/** The same for what belongs to no invocation: a start that a condition refused, a first sight. */
export function instantKey(bootId: string, to: string, at: Micros): string {
  return `${bootId}/${at}/${to}`;
}
