import type { Micros } from "../../machine/types";
import type { Severity } from "../../wire/alert";
import type { GroupPicture, HostPicture, ServicePicture } from "./picture";

/**
 * What a rule's limit is in the configuration, by `key`: how long something may last, whether the
 * rule is on at all, or what counts as thrashing. `what` explains the key.
 */
export type RuleLimit =
  | { readonly tag: "duration"; readonly key: string; readonly defaultMs: number; readonly what: string }
  | {
      readonly tag: "switch";
      readonly key: string;
      readonly on: boolean;
      /** When it fires, in words. */
      readonly after: string;
      readonly what: string;
    }
  | { readonly tag: "thrash"; readonly key: "thrash"; readonly what: string };

/** What a rule looks for, found. */
export interface Condition {
  /** When it began, by the source's clock. */
  readonly since: Micros;
  /** How long it has to have been seen before anybody is told, infinite where only what fires goes on … */
  readonly afterMs: number;
  /** … and how long it has been seen. */
  readonly seenMs: number;
  /** One sentence each: what it is, once it has lasted so long, and why. */
  readonly summary: string;
  readonly why: string;
  /** Another one of the same kind is a new alert; without it one goes over into the next. */
  readonly stay?: Micros;
  /** Where it is another one: why the one before is over. */
  readonly whyAnother?: string;
}

interface RuleWords {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  /** `specified`: stands in the specification, "Monitoring and Alerts". */
  readonly origin: "specified" | "practical";
  readonly limit: RuleLimit;
  /** What a person can do about it. */
  readonly todo: string;
}

export interface ServiceRule extends RuleWords {
  readonly about: "service";
  /** The state whose length is limited, where it is one. */
  readonly lastsIn?: string;
  /** Null: there is no such thing, or the rule is off for this service. */
  readonly condition: (picture: ServicePicture) => Condition | null;
  /**
   * Whether it waits while a command is under way that brought the condition about. What limits how
   * long a start or a stop may take does not: that is what the limit is for.
   */
  readonly waitsForCommand: boolean;
  /** Why it no longer holds, in one sentence. */
  readonly over: (picture: ServicePicture) => string;
}

export interface HostRule extends RuleWords {
  readonly about: "host";
  readonly condition: (picture: HostPicture) => Condition | null;
  readonly over: (picture: HostPicture) => string;
}

export interface GroupRule extends RuleWords {
  readonly about: "group";
  readonly condition: (picture: GroupPicture) => Condition | null;
  readonly over: (picture: GroupPicture) => string;
}

export type Rule = ServiceRule | HostRule | GroupRule;
