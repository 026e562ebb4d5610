import { alertsFrom } from "../../config/alert-keys";
import { alertsOf } from "../../config/alerts-of";
import type { Alerts, Fleet } from "../../config/fleet";
import type { Track } from "../track";
import type { GroupFacts } from "./group-desk";
import type { ServiceFacts } from "./service-desk";

/** What the configuration says of a host and its services. */
export interface HostSettings {
  readonly alerts: Alerts;
  readonly services: readonly ServiceFacts[];
}

/** What the configuration says of a host and its services, and of those that were found there, for alerts. */
export function hostSettings(fleet: Fleet, tracks: Iterable<Track>): HostSettings {
  const configured = new Map(fleet.services.map((service) => [service.id, service]));
  const services = [...tracks].map(({ serviceId, id, machine }) => {
    const service = configured.get(id);
    return {
      serviceId,
      id,
      machine,
      group: service?.group ?? null,
      tags: service?.tags ?? [],
      isValidator: service?.besu?.validator ?? false,
      alerts: service?.alerts ?? alertsOf(fleet, "service", null),
    };
  });
  return { alerts: fleet.alerts, services };
}

/** What it says of the groups that hold nodes: of others no rule asks. */
export function groupSettings({ services, groups, alerts }: Fleet): GroupFacts[] {
  const nodes = services.filter(({ kind, group }) => kind === "besu" && group !== null);
  const names = [...new Set(nodes.flatMap(({ group }) => group ?? []))];
  return names.map((name) => ({
    name,
    limits: alertsFrom(alerts, groups.find((group) => group.name === name)?.alerts).limits,
    members: nodes
      .filter(({ group }) => group === name)
      .map(({ id, host, name: own, besu }) => ({
        id,
        host,
        name: own,
        isValidator: besu?.validator ?? false,
      })),
  }));
}
