import type { RouteConfig } from "../config/notify-config";
import type { Severity } from "../wire/alert";

/** What an alert is about, as far as routes ask. */
export interface Subject {
  readonly rule: string;
  readonly severity: Severity;
  /** Null when it is about a group, which is on no single host. */
  readonly host: string | null;
  /** `host/name`; null when it is about the host or the group as a whole. */
  readonly service: string | null;
  /** The group that it is about, or that its service is in. */
  readonly group: string | null;
  readonly tags: readonly string[];
  /** Of the service. */
  readonly kind: string | null;
}

/** Whether all that the route asks for fits. */
function fits(route: RouteConfig, subject: Subject): boolean {
  const isNot = (key: "rule" | "host" | "group" | "kind") =>
    route[key] !== null && route[key] !== subject[key];
  if ((["rule", "host", "group", "kind"] as const).some(isNot)) return false;
  if (route.severity !== null && !route.severity.includes(subject.severity)) return false;
  return route.tag === null || subject.tags.includes(route.tag);
}

/**
 * The routes that an alert takes: the first that fits, and those after it as long as each says
 * `continue`.
 */
function routesOf(subject: Subject, routes: readonly RouteConfig[]): readonly RouteConfig[] {
  const taken: RouteConfig[] = [];
  for (const route of routes) {
    if (!fits(route, subject)) continue;
    taken.push(route);
    if (!route.continue) break;
  }
  return taken;
}

/** The channels that are told of an alert. Without any routes those are all. */
export function channelsFor(
  subject: Subject,
  routes: readonly RouteConfig[],
  channels: readonly string[],
): readonly string[] {
  if (routes.length === 0) return channels;
  const wanted = new Set(routesOf(subject, routes).flatMap(({ to }) => to));
  return channels.filter((name) => wanted.has(name));
}

/** Whether a channel that was told of an alert is also told that it is over. */
export function wantsResolved(subject: Subject, routes: readonly RouteConfig[], channel: string): boolean {
  const ways = routesOf(subject, routes).filter(({ to }) => to.includes(channel));
  return ways.length === 0 || ways.some(({ resolved }) => resolved);
}
