import { alertsOf } from "../../config/alerts-of";
import type { Fleet } from "../../config/fleet";
import type { HostSettings } from "../alert-keeper";
import type { Track } from "../track";

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
      alerts: service?.alerts ?? alertsOf(fleet, "service", null),
    };
  });
  return { alerts: fleet.alerts, services };
}
