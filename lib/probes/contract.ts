import type { Evidence, Observation } from "../machine/observation";
import type { Micros } from "../machine/types";
import type { Application } from "../wire/application";
import type { Health } from "../wire/service";

/**
 * What asks an application, and what its answers mean. A probe asks and knows no state; the rules of a
 * kind are pure and ask nobody. Neither knows the platform that watches the process: `lib/engine` tells
 * the rules what the process does, and records what they observe.
 */

/** Why nothing can be said of an application, or nothing good. */
export type Failure =
  /** Nobody listens there. */
  | "refused"
  /** No whole answer in time. */
  | "silent"
  /** The way there is broken: name, network, certificate, the connection to the host. */
  | "unreachable"
  /** An answer that is none: not JSON, the wrong shape, too large, not HTTP. */
  | "nonsense"
  /** It answers, and not to us: a host that is not allowed, a password that is wrong or missing. */
  | "denied";

/** What came of asking once. */
export type Asked<Answer> =
  | { readonly tag: "answered"; readonly answer: Answer }
  | {
      readonly tag: "failed";
      readonly failure: Failure;
      /** In words, without anything secret. */
      readonly why: string;
      /** The option that mends it, in one sentence, where one does. */
      readonly mend?: string;
    };

export interface Probe<Answer> {
  /** Asks once. Never rejects, but for the reason of an aborted `signal`. */
  ask(signal: AbortSignal): Promise<Asked<Answer>>;
  /** Lets go of what it holds. */
  close(): void;
}

/** How often a probe asks; spans in ms. */
export interface Asking {
  readonly everyMs: number;
  readonly timeoutMs: number;
  readonly failures: number;
}

/** What the rules of a kind are told, in the order in which it happened; instants by the host's clock. */
export type ApplicationFact<Answer> =
  /** What the platform observed of the process, in the base machine's words. */
  | { readonly tag: "process"; readonly observation: Observation }
  | {
      readonly tag: "asked";
      readonly asked: Asked<Answer>;
      readonly at: Micros;
      /** How many times in a row it has failed, this time included; 0 for an answer. */
      readonly failures: number;
    }
  /** A line of its own log, as it was written. */
  | { readonly tag: "log"; readonly text: string; readonly at: Micros }
  /** Nothing new but the time; where `wakeAt` asked for it. */
  | { readonly tag: "tick"; readonly at: Micros };

/** A move that the rules saw; the engine adds who it happened to and when we saw it. */
export type ApplicationMove =
  /** As the platform told it. */
  | { readonly tag: "process"; readonly observation: Observation }
  | {
      readonly tag: "application";
      readonly state: string;
      /** The machine's word for it; null: how it came here was not seen. */
      readonly event: string | null;
      readonly at: Micros;
      /** One sentence for people. */
      readonly detail: string;
      readonly cause: "service" | "network" | "unknown";
      readonly evidence: Evidence;
    };

/** What is shown beside the state. */
export interface Told {
  readonly health: Health;
  readonly application: Application;
  /** Shown in place of the platform's activity: "waiting for its RPC"; null: nothing to say. */
  readonly activity: string | null;
}

export interface Judged<Memory> {
  readonly memory: Memory;
  readonly moves: readonly ApplicationMove[];
  /** Null while nothing of it runs: then only the process speaks. */
  readonly told: Told | null;
  /** When a `tick` is wanted; null: not before the next fact. */
  readonly wakeAt: Micros | null;
}

/**
 * When the application's truth moves the machine (DOMAIN §6). Pure: the same facts give the same moves.
 * A process that is not up passes on as the platform tells it; while it is up the application speaks.
 */
export interface ApplicationRules<Memory, Answer> {
  /**
   * Goes on where history stands. @param state what history holds, null where it holds nothing;
   * @param since when it came there.
   */
  begin(state: string | null, since: Micros | null): Memory;
  take(memory: Memory, fact: ApplicationFact<Answer>): Judged<Memory>;
  /** Whether there is anybody to ask now: nothing is asked of what does not run. */
  isAsked(memory: Memory): boolean;
  /** Whether an answer is awaited that moves the machine: then it is asked in quick succession. */
  isAwaited(memory: Memory): boolean;
  /** What the platform is told the process does, where history holds this state of the application. */
  processState(state: string | null): string | null;
}
