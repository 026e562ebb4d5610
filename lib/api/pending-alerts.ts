import type { Database } from "@/db/open";
import { readFleetAlerts } from "@/db/read/alerts";
import { type LimitedStay, readLimitedStays } from "@/db/read/limited-stays";
import { now, toRfc3339 } from "../clock";
import { defaultAlerts } from "../config/alert-keys";
import type { Limits } from "../insight/rules/picture";
import { serviceRules } from "../insight/rules/table";
import type { Micros } from "../machine/types";
import type { PendingAlert } from "../wire/alert";
import { contactView } from "../wire/contact-view";

const lasting = serviceRules.filter(({ lastsIn }) => lastsIn !== undefined);

/**
 * What will fire if nothing changes, the soonest first: services in a state that a rule limits, as long
 * as their host is seen. Only time that was seen counts. What is due and held back (a command's window,
 * a maintenance) is not told here: it is expected.
 */
export async function pendingAlerts({ db, sql }: Database): Promise<PendingAlert[]> {
  const fleet = (await readFleetAlerts(db))?.limits ?? defaultAlerts.limits;
  const states = [...new Set(lasting.flatMap(({ lastsIn }) => lastsIn ?? []))];
  const stays = await readLimitedStays(sql, states);
  const { at } = now();
  return stays
    .flatMap((stay) => pendingOf(stay, stay.settings.limits ?? fleet, at))
    .sort((one, other) => one.firesAt.localeCompare(other.firesAt));
}

function pendingOf(stay: LimitedStay, limits: Limits, at: Micros): PendingAlert[] {
  if (contactView(stay, at).status !== "live") return [];
  return lasting.flatMap(({ id, lastsIn, limit, severity, title }) => {
    const afterMs = limits[limit.key] ?? null;
    const firesAt = stay.since + stay.unseenUs + (afterMs ?? 0) * 1000;
    if (lastsIn !== stay.state || afterMs === null || firesAt <= at || stay.firing.includes(id)) return [];
    return {
      rule: id,
      title,
      severity,
      service: `${stay.host}/${stay.name}`,
      host: stay.host,
      group: stay.groupName,
      state: stay.state,
      since: toRfc3339(stay.since),
      firesAt: toRfc3339(firesAt),
    };
  });
}
