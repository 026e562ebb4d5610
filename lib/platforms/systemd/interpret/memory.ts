import type { Cause } from "../../../machine/observation";
import type { Micros, OperatorEvent } from "../../../machine/types";
import type { ActionContext, ServiceDetail } from "../../contract";
import type { UnitProperties } from "../unit-facts";

/** The states of the base machine: all that systemd itself can tell of a unit. */
export const unitStates = ["Stopped", "Starting", "Running", "Stopping", "Error", "Restarting"] as const;
export type UnitState = (typeof unitStates)[number];

/** An instant by the host's clocks; `monotonic` is null where only the wall clock was told. */
export interface Moment {
  readonly at: Micros;
  readonly monotonic: Micros | null;
}

/** A job of this unit, from its first sight until some time after its end. */
export interface JobSeen {
  readonly id: number;
  /** By the host's clock, as well as ours can tell it. */
  readonly firstSeenAt: Micros;
  /** The unit's ActiveState then; null where it was not known. */
  readonly cameIn: string | null;
  /** As last read, from when it still told something: see `wishOf`. */
  readonly type: string | null;
  /** It went back to waiting with the unit down: a restart on its way from the stop to the start. */
  readonly returned: boolean;
  /** systemd's automatic restart made it. */
  readonly automatic: boolean;
  readonly together: readonly string[];
  /** How it ended; null while it is there. */
  readonly result: string | null;
}

/** What Signalbox asked systemd for, and the jobs that came of it. */
export interface AskedFor {
  readonly event: OperatorEvent;
  readonly context: ActionContext;
  /** The newest job when it was asked: what is newer may be ours until systemd answers. */
  readonly after: number;
  readonly jobs: readonly number[];
  readonly answered: boolean;
}

/** One life of the unit, from a start to the next. */
export interface Life {
  /** "" where it is not known (yet). */
  readonly invocation: string;
  /** While it is not known: the one before, which systemd names until then. */
  readonly before: string;
  /** The job that began it; 0 where none was seen. */
  readonly startJob: number;
  readonly activatingSeen: boolean;
  readonly activeSeen: boolean;
  readonly deactivatingSeen: boolean;
  /** When it counts as settled, on our own monotonic clock; null until it was seen active. */
  readonly settleAt: Micros | null;
}

/** A move as it was told, for causes that are learnt later. */
export interface Told {
  readonly sourceKey: string;
  readonly to: UnitState;
  readonly invocation: string;
  readonly job: number;
  readonly cause: Cause;
}

/** What the journal said of a life before the move that it explains was seen. */
export interface Hint {
  readonly invocation: string;
  readonly commandExit?: string;
  readonly signalSent?: string;
  readonly outOfMemory?: string;
  readonly timedOut?: string;
  readonly spawnFailed?: string;
}

/** What the interpretation keeps from fact to fact. All of it is plain data. */
export interface UnitMemory {
  /** As last told; null until the unit was first seen. */
  readonly state: UnitState | null;
  readonly bootId: string | null;
  readonly clockOffsetUs: Micros | null;
  /** The watch has begun (again) and no look at the unit has been compared with history yet. */
  readonly fresh: boolean;
  readonly last: Moment | null;
  /** The life that history's newest move belonged to when the watch began; "" where it is not known. */
  readonly newest: string;
  readonly properties: UnitProperties;
  /** Told in a signal of the service's own, and true together with the unit's next one only. */
  readonly ahead: UnitProperties;
  readonly life: Life;
  /** How often each key was used: see `moveKey`. */
  readonly ordinals: Readonly<Record<string, number>>;
  readonly told: readonly Told[];
  readonly jobs: readonly JobSeen[];
  /** Jobs up to this one have brought about what they were to bring about. */
  readonly jobsTold: number;
  readonly asked: readonly AskedFor[];
  /** The job under which it stopped being up (0: none); null while it is up. */
  readonly leavingJob: number | null;
  /** NRestarts as of the last move, or of the automatic restart under way. */
  readonly restartsCounted: number;
  /** The automatic restart under way: its number. */
  readonly automatic: number | null;
  /** The condition check that was last accounted for, by the host's monotonic clock. */
  readonly conditionSeen: Micros;
  /** What is being waited for, until when on our monotonic clock. `over`: waited in vain. */
  readonly held: { readonly reason: string; readonly until: Micros; readonly over: boolean } | null;
  /** Who began what is under way: the consequences are told with it. */
  readonly startCause: Cause | null;
  readonly stopCause: Cause | null;
  readonly manager: "starting" | "running" | "stopping";
  readonly hint: Hint;
  readonly detail: ServiceDetail | null;
}

export const noLife: Life = {
  invocation: "",
  before: "",
  startJob: 0,
  activatingSeen: false,
  activeSeen: false,
  deactivatingSeen: false,
  settleAt: null,
};

export const noMemory: UnitMemory = {
  state: null,
  bootId: null,
  clockOffsetUs: null,
  fresh: true,
  last: null,
  newest: "",
  properties: {},
  ahead: {},
  life: noLife,
  ordinals: {},
  told: [],
  jobs: [],
  jobsTold: 0,
  asked: [],
  leavingJob: null,
  restartsCounted: 0,
  automatic: null,
  conditionSeen: 0,
  held: null,
  startCause: null,
  stopCause: null,
  manager: "running",
  hint: { invocation: "" },
  detail: null,
};
