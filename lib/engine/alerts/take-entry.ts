import type { Entry } from "@/db/write/batch";
import { failureOf, windowOf } from "./command-window";
import type { HostDesk } from "./host-desk";
import type { ServiceDesk } from "./service-desk";

/** Whom an entry gives reason to look at again. The host itself is looked at with any of them. */
export type Concerned = "nobody" | "all" | readonly ServiceDesk[];

/** Takes in what the engine hands over to be written about a host. */
export function takeEntry(host: HostDesk, entry: Entry, now: { at: number; monotonic: number }): Concerned {
  switch (entry.tag) {
    case "contact":
      host.takeContact(entry.status, entry.at, entry.reason, now);
      return look(host, now);
    case "gap":
    case "glimpses-over":
      return look(host, now);
    case "facts":
      host.takeFacts(entry.facts);
      return "nobody";
    case "moves":
      return about(host, entry.serviceId, (desk) => {
        desk.takeMoves(entry.moves, entry.over === true, host.moment(now));
        return true;
      });
    case "detail":
      return about(host, entry.serviceId, (desk) => desk.takeHealth(entry.detail.health, host.moment(now)));
    case "application":
      return about(host, entry.serviceId, (desk) => desk.takeTold(entry.told, host.moment(now)));
    case "attribution":
      return about(host, entry.serviceId, (desk) => {
        desk.takeCause(entry.sourceKey, entry.cause);
        return true;
      });
    case "command":
      return about(host, entry.serviceId, (desk) => {
        const { row } = entry;
        const isOurs = desk.window === null || desk.window.commandId === row.id;
        if (row.settledAt === null) desk.window = windowOf(row, now);
        else if (isOurs) desk.window = null;
        const failed = failureOf(row);
        if (failed !== undefined) desk.failed = failed;
        return true;
      });
    case "glimpse":
    case "wanted":
    case "observed":
    case "thrash":
    case "alert":
      return "nobody";
  }
}

/** What was seen of the host has to be counted anew. */
function look(host: HostDesk, now: { at: number; monotonic: number }): Concerned {
  if (host.watch.live) for (const desk of host.services.values()) desk.run(host.moment(now));
  return "all";
}

function about(host: HostDesk, serviceId: number, take: (desk: ServiceDesk) => boolean): Concerned {
  const desk = host.services.get(serviceId);
  return desk && take(desk) ? [desk] : "nobody";
}
