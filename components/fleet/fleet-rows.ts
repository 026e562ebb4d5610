import type { Service } from "@/lib/wire/service";
import type { Grouping } from "./fleet-filter";

/** One line of the list: a group's heading or a service. */
export type FleetRow =
  | { readonly tag: "group"; readonly group: string; readonly size: number }
  | { readonly tag: "service"; readonly group: string; readonly id: string; readonly position: number };

/** The heading of the services that have no group. */
export const ungrouped = "No group";

/**
 * The services in the order of the list: groups by name (those without one last), services by name
 * and host within them. `position` counts the services from 1.
 */
export function fleetRows(services: readonly Service[], by: Grouping): readonly FleetRow[] {
  const groups = new Map<string, Service[]>();
  for (const service of services) {
    const group = groupOf(service, by);
    const members = groups.get(group);
    if (members === undefined) groups.set(group, [service]);
    else members.push(service);
  }
  const rows: FleetRow[] = [];
  let position = 0;
  for (const [group, members] of [...groups].sort(([left], [right]) => compareGroups(left, right))) {
    rows.push({ tag: "group", group, size: members.length });
    for (const { id } of members.sort(compareServices)) {
      position += 1;
      rows.push({ tag: "service", group, id, position });
    }
  }
  return rows;
}

/** The name of the group that a service stands under. */
export function groupOf(service: Service, by: Grouping): string {
  return by === "group" ? (service.group ?? ungrouped) : service[by];
}

function compareGroups(left: string, right: string): number {
  if (left === ungrouped || right === ungrouped) return left === ungrouped ? 1 : -1;
  return collator.compare(left, right);
}

/** "web-2" before "web-10". */
const collator = new Intl.Collator("en", { numeric: true });

function compareServices(left: Service, right: Service): number {
  return collator.compare(left.name, right.name) || collator.compare(left.host, right.host);
}
