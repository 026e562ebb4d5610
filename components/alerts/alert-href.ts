import type { Alert } from "@/lib/wire/alert";
import { partsOfId, serviceHref } from "../service/service-href";

export interface About {
  readonly name: string;
  /** Where it is, or what it is: the host of a service, "group", "host". */
  readonly place: string;
  readonly href: string;
}

/** What an alert is about, and the page of it: a service, a group, or a host as a whole. */
export function aboutOf({ service, group, host }: Alert): About {
  if (service !== null) {
    const parts = partsOfId(service);
    return { name: parts.name, place: parts.host, href: serviceHref(parts) };
  }
  if (group !== null) return { name: group, place: "group", href: `/?${new URLSearchParams({ q: group })}` };
  return { name: host, place: "host", href: "/hosts" };
}

/** The page of what an alert is about. */
export function alertHref(alert: Alert): string {
  return aboutOf(alert).href;
}
