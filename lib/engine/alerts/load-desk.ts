import type { Sql } from "@/db/open";
import { readDesks, readFailedCommands, readThrashMoves, readUnresolved } from "@/db/read/alert-desk";
import type { HostDesk } from "./host-desk";
import { ServiceDesk, type ServiceFacts } from "./service-desk";

/**
 * Brings in the services of a host that are not known yet, with what the database says of each:
 * where it stands, what bears on thrash, what fires, and what went wrong last. Alerts of services
 * that are no longer there are handed to `forsaken`.
 */
export async function loadDesks(
  sql: Sql,
  host: HostDesk,
  facts: readonly ServiceFacts[],
  now: { readonly at: number; readonly monotonic: number },
  forsaken: (alertId: string, serviceId: number) => void,
): Promise<void> {
  const missing = facts.filter(({ serviceId }) => !host.services.has(serviceId));
  if (missing.length === 0 && host.loaded) return;
  const { host: name } = host.watch;
  const ids = missing.map(({ serviceId }) => serviceId);
  const [rows, moves, unresolved, failed] = await Promise.all([
    readDesks(sql, name),
    readThrashMoves(sql, ids, now.at),
    readUnresolved(sql, name),
    readFailedCommands(sql, name, now.at),
  ]);
  const moment = host.moment(now);
  const added = new Map<number, ServiceDesk>();
  for (const service of missing) {
    const row = rows.find(({ serviceId }) => serviceId === service.serviceId);
    if (!row || host.services.has(service.serviceId)) continue;
    const desk = new ServiceDesk(service, row, moves.get(service.serviceId) ?? [], moment);
    desk.failed = failed.find(({ serviceId }) => serviceId === service.serviceId) ?? null;
    added.set(service.serviceId, desk);
    host.services.set(service.serviceId, desk);
  }
  for (const { id, rule, serviceId, since, silenced } of unresolved) {
    const firing = { id, since, silence: silenced ? ("unknown" as const) : null };
    if (serviceId === null) {
      if (!host.loaded) host.firing.set(rule, firing);
    } else if (added.has(serviceId)) added.get(serviceId)?.firing.set(rule, firing);
    else if (!host.services.has(serviceId)) forsaken(id, serviceId);
  }
  host.loaded = true;
}
