import type { Service, Transition } from "@/lib/wire/service";

export const spans = ["1h", "24h", "7d", "30d"] as const;
export type Span = (typeof spans)[number];

const spanMs: Readonly<Record<Span, number>> = {
  "1h": 3_600_000,
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
  "30d": 30 * 86_400_000,
};

/** What of the whole fleet's history is shown: all of it stands in the address. Empty lists show all. */
export interface HistoryFilter {
  /** States that were entered. */
  readonly states: readonly string[];
  readonly causes: readonly string[];
  readonly actors: readonly string[];
  readonly hosts: readonly string[];
  readonly kinds: readonly string[];
  /** A text in `host/name`. */
  readonly query: string;
  /** Back from now, or from an instant on and before another; either end may be left open (`""`). */
  readonly span: Span | { readonly from: string; readonly to: string };
}

export const allOfHistory: HistoryFilter = {
  states: [],
  causes: [],
  actors: [],
  hosts: [],
  kinds: [],
  query: "",
  span: { from: "", to: "" },
};

/** The filter's lists, by their names in the address and in the API. */
const lists = [
  ["state", "states"],
  ["cause", "causes"],
  ["actor", "actors"],
  ["host", "hosts"],
  ["kind", "kinds"],
] as const;

/** Reads the filter from an address's parameters; what it does not know, it leaves out. */
export function readHistoryFilter(address: URLSearchParams): HistoryFilter {
  const all = (name: string) => address.getAll(name).filter((value) => value !== "");
  const span = spans.find((each) => each === address.get("span"));
  return {
    states: all("state"),
    causes: all("cause"),
    actors: all("actor"),
    hosts: all("host"),
    kinds: all("kind"),
    query: address.get("q") ?? "",
    span: span ?? { from: address.get("from") ?? "", to: address.get("to") ?? "" },
  };
}

/** The parameters of a filter, without what is the default: `readHistoryFilter` reads them back. */
export function writeHistoryFilter(filter: HistoryFilter): string {
  const address = withoutSpan(filter);
  const { span } = filter;
  if (typeof span === "string") address.set("span", span);
  else setEnds(address, span.from, span.to);
  return address.toString();
}

/** The same as the API is asked: a span that goes back from now begins at an instant. @param now in ms. */
export function askHistory(filter: HistoryFilter, now: number): string {
  const address = withoutSpan(filter);
  const { from, to } = endsOf(filter, now);
  setEnds(address, from, to);
  return address.toString();
}

/** Whether a transition that has just been told belongs to what is shown. @param now as it was asked with. */
export function isInHistory(
  filter: HistoryFilter,
  transition: Transition,
  service: Service | null,
  now: number,
): boolean {
  const { states, causes, actors, hosts, kinds, query } = filter;
  const { from, to } = endsOf(filter, now);
  const at = Date.parse(transition.at);
  return (
    has(states, transition.to) &&
    has(causes, transition.cause.kind) &&
    has(actors, transition.cause.actor) &&
    has(hosts, hostOf(transition.service)) &&
    has(kinds, service?.kind) &&
    transition.service.toLowerCase().includes(query.toLowerCase()) &&
    (from === "" || at >= Date.parse(from)) &&
    (to === "" || at < Date.parse(to))
  );
}

/** The host in a service's id: it holds no slash, the name may. */
export function hostOf(service: string): string {
  return service.slice(0, service.indexOf("/"));
}

/** Whether anything is left out. */
export function isFiltered(filter: HistoryFilter): boolean {
  return writeHistoryFilter(filter) !== "";
}

function has(wanted: readonly string[], value: string | undefined): boolean {
  return wanted.length === 0 || (value !== undefined && wanted.includes(value));
}

function endsOf({ span }: HistoryFilter, now: number): { readonly from: string; readonly to: string } {
  return typeof span === "string" ? { from: new Date(now - spanMs[span]).toISOString(), to: "" } : span;
}

function withoutSpan(filter: HistoryFilter): URLSearchParams {
  const address = new URLSearchParams();
  for (const [name, list] of lists) for (const value of filter[list]) address.append(name, value);
  if (filter.query !== "") address.set("q", filter.query);
  return address;
}

function setEnds(address: URLSearchParams, from: string, to: string): void {
  if (from !== "") address.set("from", from);
  if (to !== "") address.set("to", to);
}
