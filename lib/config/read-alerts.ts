import { alertsFrom, fleetAlertKeys, overridesFrom } from "./alert-keys";
import { readPart } from "./explain";
import type { Fleet } from "./fleet";
import type { Problem } from "./issue";
import { entryOf, isEmpty, type Located } from "./located";

/** The `alerts` section: what holds for all services, and what differs by kind. */
export function readAlerts(root: Located | null, problems: Problem[]): Pick<Fleet, "alerts" | "kindAlerts"> {
  const given = root === null ? undefined : entryOf(root, "alerts")?.value;
  const read =
    given === undefined || isEmpty(given) ? undefined : readPart(fleetAlertKeys, given, ["alerts"], problems);
  const kinds = Object.entries(read?.kinds ?? {}).map(([kind, said]) => [kind, overridesFrom(said)] as const);
  return { alerts: alertsFrom(undefined, overridesFrom(read)), kindAlerts: Object.fromEntries(kinds) };
}
