import type { Service } from "@/lib/wire/service";
import { lastDay, readSpan, type Span, writeSpan } from "./span";

/** Of which services, and of which time: all of it stands in the address. Empty lists: all. */
export interface InsightFilter {
  readonly groups: readonly string[];
  readonly hosts: readonly string[];
  readonly kinds: readonly string[];
  readonly span: Span;
}

export const allServices: Omit<InsightFilter, "span"> = { groups: [], hosts: [], kinds: [] };

const lists = [
  ["group", "groups"],
  ["host", "hosts"],
  ["kind", "kinds"],
] as const;

/** Reads the filter from an address's parameters; what it does not know, it leaves out. */
export function readInsightFilter(address: URLSearchParams): InsightFilter {
  const all = (name: string) => address.getAll(name).filter((value) => value !== "");
  return { groups: all("group"), hosts: all("host"), kinds: all("kind"), span: readSpan(address) };
}

/** The parameters of a filter, without what is the default: `readInsightFilter` reads them back. */
export function writeInsightFilter(filter: InsightFilter): string {
  const parts = [askServices(filter), writeSpan(filter.span).toString()];
  return parts.filter((part) => part !== "").join("&");
}

/** The services as the API is asked for them. */
export function askServices(filter: Pick<InsightFilter, "groups" | "hosts" | "kinds">): string {
  const address = new URLSearchParams();
  for (const [name, list] of lists) for (const value of filter[list]) address.append(name, value);
  return address.toString();
}

export function isOfFilter({ groups, hosts, kinds }: InsightFilter): (service: Service) => boolean {
  const fits = (wanted: readonly string[], value: string | null) =>
    wanted.length === 0 || (value !== null && wanted.includes(value));
  return ({ group, host, kind }) => fits(groups, group) && fits(hosts, host) && fits(kinds, kind);
}

export function leavesOut(filter: InsightFilter): boolean {
  return writeInsightFilter({ ...filter, span: lastDay }) !== "";
}
