import type { Duplex } from "node:stream";
import type { Cause, Observation } from "../machine/observation";
import type { Micros, OperatorEvent } from "../machine/types";
import type { Health, LogLine } from "../wire/service";

/**
 * What the engine asks of a platform. A platform watches the services of one host, says what it
 * saw, and acts. It knows no database and no machine table: it reports observations in the
 * machine's words and the engine decides what they mean for history.
 */

/** Everything beside the state: shown with it, never instead of it. */
export interface ServiceDetail {
  readonly process: { readonly state: string; readonly detail: string };
  readonly health: Health;
  /** "loaded", "masked", "not-found", "bad-setting", … */
  readonly load: string;
  /** "restarts by itself in 3 s, attempt 7", "reloading", "waiting for toys/db"; null if none. */
  readonly activity: string | null;
}

export type Report =
  | { readonly tag: "observation"; readonly service: string; readonly observation: Observation }
  | { readonly tag: "detail"; readonly service: string; readonly detail: ServiceDetail }
  /** How it is now, before what lies between has been read: shown, and not yet history. */
  | {
      readonly tag: "glimpse";
      readonly service: string;
      readonly state: string;
      readonly since: Micros | null;
    }
  /**
   * Up to `until` everything was read back from a record kept on the host, but for `unseen`: times
   * that nothing there covers. Comes before the moves it is about, once for each contact.
   */
  | { readonly tag: "recovered"; readonly until: Micros; readonly unseen: readonly Unseen[] }
  /**
   * What that record tells of one service, oldest first. It is over: it becomes history, raises
   * nothing, and is not told move by move.
   */
  | { readonly tag: "history"; readonly service: string; readonly observations: readonly Observation[] }
  /** All of that has been told, and the present is told as it comes: from here on commands are taken. */
  | { readonly tag: "caught-up" }
  /** The host's clock minus ours, as measured: before `caught-up`, and whenever it is another one. */
  | { readonly tag: "clock"; readonly offsetUs: Micros }
  /** The cause of an earlier move, learnt later; `sourceKey` names the move. */
  | {
      readonly tag: "attribution";
      readonly service: string;
      readonly sourceKey: string;
      readonly cause: Cause;
    }
  /** A command's work on the host has ended and cannot reach its target any more. */
  | {
      readonly tag: "fell-short";
      readonly service: string;
      readonly commandId: string;
      readonly reason: string;
    }
  /** Which services there are on the host beside those that the configuration names. */
  | { readonly tag: "discovered"; readonly services: readonly Discovered[] }
  /** What there is to say of the host itself; takes the place of what was said before. */
  | { readonly tag: "host"; readonly facts: HostFacts }
  | {
      readonly tag: "contact";
      /** `never`: it has not been reached in all the time that history knows of. */
      readonly status: "live" | "lost" | "never";
      readonly at: Micros;
      readonly reason: string | null;
    };

/** A time of which no record tells. */
export interface Unseen {
  readonly from: Micros;
  readonly to: Micros;
  readonly reason: string;
}

export interface Discovered {
  readonly name: string;
  /** What it is called on the host. */
  readonly runs: string;
}

/** One sentence or figure each, for people; null: not known. */
export interface HostFacts {
  /** "systemd 252.39-1~deb12u1" */
  readonly manager: string | null;
  readonly roundTripMs: number | null;
  /** The host's clock minus ours. */
  readonly clockOffsetMs: number | null;
  readonly watched: number;
  /** How far back the host's own record goes. */
  readonly recordFrom: Micros | null;
  /** What this user may do there: "act", "read", or why that is not known. */
  readonly rights: string | null;
  /** What is wrong while there is contact all the same, such as a journal that may not be read. */
  readonly trouble: string | null;
}

export interface DialAddress {
  /** A name or a literal address, IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** Who is behind an action; ends up as the cause of what it brings about. */
export interface ActionContext {
  readonly actor: string;
  readonly commandId: string;
}

/**
 * The platform took the request, or says in words why not. Taking it proves nothing:
 * the command is settled by the observations that follow.
 */
export type ActResult =
  /** `unclear`: whether it was taken is not known; only what is observed can tell. */
  | { readonly tag: "taken"; readonly deadlineMs: number; readonly unclear?: string }
  | { readonly tag: "refused"; readonly reason: string };

/** What the engine remembers of a service from before. */
export interface LastKnown {
  readonly service: string;
  readonly state: string | null;
  /** When it entered that state, by the host's clock. */
  readonly since: Micros | null;
  /** The keys of its newest moves: what is told again under one of them is known. */
  readonly sourceKeys: ReadonlySet<string>;
  /** True when the service was meant to be up when it was last commanded or seen. */
  readonly wanted: boolean;
  /** False until a person or `autostart` ever decided. */
  readonly decided: boolean;
}

export interface LogQuery {
  readonly lines: number;
  /** A plain text that lines have to hold, in any case. */
  readonly grep?: string | undefined;
  /** Lines that are less urgent (a higher number) are left out; lines that have no priority stay. */
  readonly priority?: number | undefined;
  /** The lines around this instant instead of the newest: half before it, half after. */
  readonly around?: Micros | undefined;
  /** Only lines from here on, only lines up to there. */
  readonly since?: Micros | undefined;
  readonly until?: Micros | undefined;
}

/** What a service uses now; null where it is not counted. */
export interface Usage {
  readonly at: Micros;
  readonly memoryBytes: number | null;
  /** Processor time since its start. */
  readonly cpuUs: Micros | null;
  readonly tasks: number | null;
}

export type CloseReason = "ending" | "unconfigured";

/** Where the watch goes on. */
export interface Resume {
  readonly services: readonly LastKnown[];
  /** Up to when history is complete; null if the host was never watched. */
  readonly historyUntil: Micros | null;
}

export interface Platform {
  /**
   * Whether it can tell afterwards what happened while nobody looked. Then it reports `recovered` and
   * `caught-up` after each `contact`; otherwise the time without contact is a gap.
   */
  readonly recovers: boolean;
  /**
   * Reconciles with reality, then watches. Reports what it finds through `report`, in order.
   * Resolves when the first look is complete, or cannot be had for now.
   */
  open(resume: Resume, report: (report: Report) => void): Promise<void>;
  /** What it reported as `discovered` has its place now: it is watched from here on. */
  adopt?(services: readonly LastKnown[]): void;
  act(service: string, event: OperatorEvent, context: ActionContext): Promise<ActResult>;
  /** Null: nothing of it runs. */
  usage?(service: string): Promise<Usage | null>;
  /**
   * What speaks against it that this command's effect is complete, in words: processes that are left.
   * Throws where the host cannot be asked, and nothing is proven then.
   */
  objection?(service: string, event: OperatorEvent): Promise<string | null>;
  /**
   * Opens a byte stream to an address as the host itself sees it: its loopback is its own, and names are
   * looked up there. The stream may fail only after it was given; its errors carry Node's codes
   * (`ECONNREFUSED`: nobody listens there; `EACCES`: the host lets nobody ask from there) and words for
   * people. It ends when `signal` aborts before it was given, when it is closed, and with Signalbox.
   */
  dial?(address: DialAddress, signal: AbortSignal): Promise<Duplex>;
  /** The service's own log, oldest first. */
  logs(service: string, query: LogQuery): Promise<LogLine[]>;
  /** The last lines, and then every line written after them until `signal` aborts, without a hole. */
  followLogs(
    service: string,
    query: LogQuery,
    signal: AbortSignal,
    onLine: (line: LogLine) => void,
  ): Promise<void>;
  /**
   * Ends the watch within `deadlineMs`, reporting what it does on the way. `why`: Signalbox itself
   * is ending (unless told otherwise), or the host has left the configuration.
   */
  close(deadlineMs: number, why?: CloseReason): Promise<void>;
}
