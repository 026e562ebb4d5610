import { webHub } from "../feed/web-hub";
import type { HostContact } from "../wire/live";
import type { Service } from "../wire/service";

const readyWithinMs = 5_000;

export interface FleetSnapshot {
  readonly services: readonly Service[];
  readonly hosts: readonly HostContact[];
  /** A stream opened with `?after=` this position misses nothing that came after the snapshot. */
  readonly position: string;
  readonly configErrors: readonly string[];
  /** Since when the database is out of reach, and the snapshot the last that was seen of it. */
  readonly databaseLostSince: string | null;
}

/**
 * The fleet as this process knows it, from memory, for a server component to begin with.
 * @throws Error when the fleet could not be read since the process began.
 */
export async function fleetSnapshot(): Promise<FleetSnapshot> {
  const hub = webHub();
  if (!(await hub.ready(readyWithinMs)))
    throw new Error("The fleet could not be read: the database is out of reach.");
  return {
    services: hub.picture.services,
    hosts: hub.picture.hosts,
    position: String(hub.position),
    configErrors: hub.picture.configErrors,
    databaseLostSince: hub.databaseLostSince,
  };
}
