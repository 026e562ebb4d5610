import { alertsFrom } from "./alert-keys";
import type { Alerts, Fleet, ServiceKind } from "./fleet";

/** The alerts of a service that says nothing itself: the fleet's, its kind's over them, its group's over those. */
export function alertsOf(
  { alerts, kindAlerts, groups }: Pick<Fleet, "alerts" | "kindAlerts" | "groups">,
  kind: ServiceKind,
  group: string | null,
): Alerts {
  return alertsFrom(alerts, kindAlerts[kind], groups.find(({ name }) => name === group)?.alerts);
}
