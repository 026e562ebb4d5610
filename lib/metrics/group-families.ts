import type { MetricsSnapshot, ServiceFigures } from "@/db/read/metrics";
import { quorumOf } from "../insight/quorum";
import type { Micros } from "../machine/types";
import { memberOf } from "../wire/group-view";
import { type Family, familyOf } from "./family";

/** How the validators of each group stand; of groups without any nothing is told. Pure. */
export function groupFamilies(
  { services, hosts }: Pick<MetricsSnapshot, "services" | "hosts">,
  at: Micros,
): Family[] {
  const contacts = new Map(hosts.map((host) => [host.id, host]));
  const groups = new Map<string, ServiceFigures[]>();
  for (const service of services)
    if (service.group !== null) groups.set(service.group, [...(groups.get(service.group) ?? []), service]);
  const told = [...groups].flatMap(([group, members]) => {
    const known = members.flatMap((member) => {
      const contact = contacts.get(member.host);
      return contact ? [memberOf({ ...contact, ...member }, at)] : [];
    });
    const quorum = quorumOf(known);
    return quorum === null ? [] : [{ group, quorum }];
  });
  return [
    familyOf(
      "signalbox_group_validators",
      told.flatMap(({ group, quorum: { n, needed, participating, unknown } }) =>
        Object.entries({
          ...{ chain: n, needed, participating, unknown },
          missing: n - participating - unknown,
        }).map(([what, value]) => ({ labels: { group, what }, value })),
      ),
    ),
    familyOf(
      "signalbox_group_quorum_margin",
      told.flatMap(({ group, quorum: { word, mayFail } }) =>
        word === "unknown" ? [] : [{ labels: { group }, value: mayFail }],
      ),
    ),
  ];
}
