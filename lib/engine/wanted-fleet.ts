import type { WantedFleet } from "@/db/write/sync-fleet";
import type { Fleet } from "../config/fleet";
import { runsWhat } from "./platforms";

/** What of a configuration the database is told: the part that views and other engines go by. */
export function wantedFleet(fleet: Fleet): WantedFleet {
  return {
    hosts: fleet.hosts.map((host) => ({ id: host.name, platform: host.platform })),
    discovering: new Set(fleet.discover.map(({ host }) => host)),
    services: fleet.services.map((service) => ({
      host: service.host,
      name: service.name,
      kind: service.kind,
      group: service.group,
      tags: service.tags,
      settings: {
        runbook: service.runbook,
        runs: runsWhat(service),
        thrash: service.alerts.thrash,
        limits: service.alerts.limits,
        ...(service.besu?.validator && { validator: true }),
      },
    })),
    alerts: fleet.alerts,
    groups: fleet.groups.map(({ name, keepRunning }) => ({ name, keepRunning })),
  };
}
