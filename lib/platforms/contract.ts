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
  /** The cause of an earlier move, learnt later; `sourceKey` names the move. */
  | {
      readonly tag: "attribution";
      readonly service: string;
      readonly sourceKey: string;
      readonly cause: Cause;
    }
  | {
      readonly tag: "contact";
      readonly status: "live" | "lost";
      readonly at: Micros;
      readonly reason: string | null;
    };

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
  | { readonly tag: "taken"; readonly deadlineMs: number }
  | { readonly tag: "refused"; readonly reason: string };

/** What the engine remembers of a service from before. */
export interface LastKnown {
  readonly service: string;
  readonly state: string | null;
  /** True when the service was meant to be up when it was last commanded or seen. */
  readonly wanted: boolean;
  /** False until a person or `autostart` ever decided. */
  readonly decided: boolean;
}

export interface LogQuery {
  readonly lines: number;
  /** A plain text that lines have to hold, in any case. */
  readonly grep?: string | undefined;
}

export type CloseReason = "ending" | "unconfigured";

export interface Platform {
  /**
   * Reconciles with reality, then watches. Reports what it finds through `report`, in order.
   * Resolves when the first look is complete.
   */
  open(lastKnown: readonly LastKnown[], report: (report: Report) => void): Promise<void>;
  act(service: string, event: OperatorEvent, context: ActionContext): Promise<ActResult>;
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
