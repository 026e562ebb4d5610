import { type Machine, type OperatorEvent, operatorEvents } from "./types";

export type RefusalCode = "no-contact" | "busy" | "not-allowed-in-state";

export interface Refusal {
  readonly event: OperatorEvent;
  readonly code: RefusalCode;
  /** One sentence, the same on the button and in the API's answer. */
  readonly reason: string;
  /** What the same request would have to say to be accepted all the same, where anything would. */
  readonly override?: Override;
}

/** `busy`: the command that holds the service is called off. */
export type Override = "busy";

/** All that a decision depends on. */
export interface Situation {
  /** `null` until the service was first seen. */
  readonly state: string | null;
  readonly contact: {
    readonly status: "live" | "lost" | "never";
    /** RFC 3339 in UTC. */
    readonly since?: string | null;
    readonly reason?: string | null;
  };
  /** Whose command is under way, if any. */
  readonly holder: { readonly actor: string; readonly event: OperatorEvent } | null;
}

export interface Decision {
  readonly allowed: readonly OperatorEvent[];
  readonly refused: readonly Refusal[];
}

/**
 * What an operator may ask of a service now, and why the rest is refused. Every operator event
 * stands in exactly one of the two lists, in the order of the buttons.
 */
export function decide(machine: Machine, situation: Situation): Decision {
  const judged = operatorEvents.map((event) => ({ event, refusal: check(machine, situation, event) }));
  return {
    allowed: judged.filter(({ refusal }) => refusal === null).map(({ event }) => event),
    refused: judged.flatMap(({ refusal }) => refusal ?? []),
  };
}

/**
 * Why this event is refused now; `null` if it is allowed. Asks in this order: is the service seen
 * (`no-contact`), is it free (`busy`), has its state the edge (`not-allowed-in-state`).
 */
export function check(machine: Machine, situation: Situation, event: OperatorEvent): Refusal | null {
  const { state, contact, holder } = situation;
  if (state === null || contact.status !== "live") {
    return { event, code: "no-contact", reason: sayNoContact(state, contact) };
  }
  const possibleIn = statesWith(machine, event);
  if (holder !== null) {
    const reason = `${holder.actor}'s ${holder.event} is still under way.`;
    const refusal: Refusal = { event, code: "busy", reason };
    // A start that is stuck must not keep anybody from stopping it.
    return event === "stop" && possibleIn.includes(state) ? { ...refusal, override: "busy" } : refusal;
  }
  if (!possibleIn.includes(state)) {
    return { event, code: "not-allowed-in-state", reason: sayNotAllowed(event, possibleIn, state) };
  }
  return null;
}

function statesWith(machine: Machine, event: OperatorEvent): string[] {
  const leaving = machine.transitions.filter((edge) => edge.by === "operator" && edge.event === event);
  return machine.states
    .map((state) => state.name)
    .filter((name) => leaving.some((edge) => edge.from === name));
}

/** The British list has no comma before "and". */
const listOfStates = new Intl.ListFormat("en-GB", { type: "conjunction" });

function sayNotAllowed(event: OperatorEvent, possibleIn: readonly string[], state: string): string {
  if (possibleIn.length === 0) return `This machine has no ${event}.`;
  const word = event.charAt(0).toUpperCase() + event.slice(1);
  return `${word} is possible in ${listOfStates.format(possibleIn)}; this is ${state}.`;
}

function sayNoContact(state: string | null, contact: Situation["contact"]): string {
  const because = contact.reason ? `: ${contact.reason.trim().replace(/\.$/, "")}` : "";
  switch (contact.status) {
    case "live":
      return "This service has not been seen yet.";
    case "never":
      return `${state === null ? "This service has not been seen yet" : "The host has not been reached yet"}${because}.`;
    case "lost":
      return `No contact with the host${contact.since ? ` since ${sayInstant(contact.since)}` : ""}${because}.`;
  }
}

/** To the second and in UTC: the API's readers and the page's are not in one time zone. */
function sayInstant(instant: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(instant) ?? [];
  return day && time ? `${day} ${time} UTC` : instant;
}
