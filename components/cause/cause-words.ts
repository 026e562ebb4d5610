import type { CauseKind } from "@/lib/machine/observation";
import type { Transition, WireCause } from "@/lib/wire/service";
import type { IconName } from "../ui/icons";

/** Each kind of cause in a word, with its drawing. */
export const causeWords: Readonly<Record<CauseKind, { readonly word: string; readonly icon: IconName }>> = {
  operator: { word: "operator", icon: "person" },
  "host-operator": { word: "on the host", icon: "terminal" },
  "service-manager": { word: "service manager", icon: "gear" },
  service: { word: "service", icon: "process" },
  host: { word: "host", icon: "host" },
  network: { word: "network", icon: "network" },
  unknown: { word: "unknown", icon: "question" },
};

/** Who or what it was, in one sentence: the person where there was one, else what happened. */
export function sayCause(cause: WireCause): string {
  switch (cause.kind) {
    case "operator":
    case "host-operator":
      return cause.actor === undefined ? cause.detail : `by ${cause.actor}`;
    case "service-manager":
    case "service":
    case "host":
    case "network":
    case "unknown":
      return cause.detail;
  }
}

/** The last move for a row of the fleet: "stopped by local operator", "killed by SIGKILL". */
export function sayMove(transition: Transition): string {
  const { event, to, cause } = transition;
  return withDeed((event === null ? undefined : deeds[event]) ?? deedOf(to), cause);
}

/** The same where only the state and what brought the service there are known. */
export function sayArrival(state: string, cause: WireCause): string {
  return withDeed(deedOf(state), cause);
}

const deeds: Readonly<Record<string, string>> = {
  start: "started",
  stop: "stopped",
  restart: "restarted",
  reset: "reset",
};

const arrivals: Readonly<Record<string, string>> = {
  Starting: "started",
  Running: "started",
  Stopping: "stopped",
  Restarting: "restarted",
};

function deedOf(state: string): string {
  return arrivals[state] ?? state.toLowerCase();
}

function withDeed(deed: string, cause: WireCause): string {
  const said = sayCause(cause);
  return said.startsWith("by ") ? `${deed} ${said}` : said;
}
