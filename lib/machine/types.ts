/**
 * The words of a machine. A machine is data: everything that draws, checks, lists or explains
 * states reads the same table (`lib/machine/kinds`).
 */

/** Microseconds since 1970-01-01T00:00Z. A safe integer until the year 2255. */
export type Micros = number;

/** What an operator may ask for. The order is the order of the buttons. */
export const operatorEvents = ["start", "stop", "restart", "reset"] as const;
export type OperatorEvent = (typeof operatorEvents)[number];

export type Origin = "specified" | "practical";

/** One state, with what the specification says of it; what it does not say is left out. */
export interface StateDefinition {
  readonly name: string;
  readonly origin: Origin;
  readonly description: string;
  readonly characteristics: readonly string[];
  readonly entry: readonly string[];
  readonly exit: readonly string[];
  /** As the specification words it, and in milliseconds for rules. */
  readonly typicalDuration?: { readonly text: string; readonly minMs: number; readonly maxMs: number };
  readonly verification: readonly string[];
  readonly recovery: readonly string[];
}

/** One edge of a machine. Events are the wire's words: `start`, `initialized successfully`, … */
export interface TransitionDefinition {
  readonly from: string;
  readonly to: string;
  readonly event: string;
  readonly by: "operator" | "observed";
  readonly origin: Origin;
  /** Why a practical edge is needed, in one sentence. Absent on specified edges. */
  readonly why?: string;
  readonly action?: string;
  readonly condition?: string;
  readonly verification?: string;
  readonly recovery?: string;
}

export interface Machine {
  readonly kind: string;
  /** One line for people: what follows this machine. */
  readonly title: string;
  readonly initial: string;
  readonly states: readonly StateDefinition[];
  readonly transitions: readonly TransitionDefinition[];
}
