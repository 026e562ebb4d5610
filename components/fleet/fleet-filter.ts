import type { Service } from "@/lib/wire/service";
import { stateWord } from "../lamp/state-lamps";

export const groupings = ["group", "host", "kind"] as const;
export type Grouping = (typeof groupings)[number];

/** What of the fleet is shown, and how: all of it stands in the address. */
export interface FleetFilter {
  /** Words of states; empty shows all. `notObserved` is one of them. */
  readonly states: readonly string[];
  readonly query: string;
  readonly by: Grouping;
  readonly view: "rows" | "wall";
}

/** The chip of services whose host is out of contact; no machine has a state of this name. */
export const notObserved = "Not observed";

/** Reads the filter from an address's parameters; what it does not know, it leaves out. */
export function readFilter(address: URLSearchParams): FleetFilter {
  const by = groupings.find((grouping) => grouping === address.get("by")) ?? "group";
  return {
    states: address.getAll("state").filter((state) => state !== ""),
    query: address.get("q") ?? "",
    by,
    view: address.get("view") === "wall" ? "wall" : "rows",
  };
}

/** The parameters of a filter, without what is the default: `readFilter` reads them back. */
export function writeFilter(filter: FleetFilter): string {
  const address = new URLSearchParams();
  for (const state of filter.states) address.append("state", state);
  if (filter.query !== "") address.set("q", filter.query);
  if (filter.by !== "group") address.set("by", filter.by);
  if (filter.view !== "rows") address.set("view", filter.view);
  return address.toString();
}

/** A test for services: every word of the query somewhere in id, kind, group or tags, and the state. */
export function matches(filter: FleetFilter): (service: Service) => boolean {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const states = new Set(filter.states);
  return (service) => {
    if (states.size > 0 && !hasState(states, service)) return false;
    if (words.length === 0) return true;
    const text = [service.id, service.kind, service.group ?? "", ...service.tags].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

function hasState(states: ReadonlySet<string>, service: Service): boolean {
  if (states.has(notObserved) && service.contact.status !== "live") return true;
  return states.has(stateWord(service.state));
}
