import { besuWarnings } from "./besu-warnings";
import { idsIn } from "./check-hosts";
import type { Fleet } from "./fleet";
import { type Problem, quote } from "./issue";
import { entryOf, type Located } from "./located";
import { nearest } from "./nearest";
import { notifyWarnings } from "./notify-warnings";
import type { ServiceDraft } from "./read-services";

/** Finding what was meant takes a look at every service; the first few are what people read. */
const mostHints = 20;

/** What is allowed but most likely not meant. Asked of a fleet without errors. */
export function warningsOf(fleet: Fleet, root: Located | null, drafts: readonly ServiceDraft[]): Problem[] {
  const warnings: Problem[] = [];
  if (fleet.services.length === 0 && fleet.discover.length === 0) {
    const message = "no services are given; list them under services, or patterns of units under discover";
    warnings.push({ at: root === null ? 0 : (entryOf(root, "services")?.at ?? 0), path: [], message });
  }

  const ids = new Set(fleet.services.map(({ id }) => id));
  const mayAppear = new Set(fleet.discover.map(({ host }) => host));
  for (const draft of drafts) {
    for (const { id, node, path } of [...idsIn(draft, "after"), ...idsIn(draft, "besu", "observers")]) {
      if (ids.has(id) || mayAppear.has(id.slice(0, id.indexOf("/")))) continue;
      const meant = warnings.length < mostHints ? nearest(id, ids, 1 / 3) : null;
      const hint = meant === null ? "" : `; did you mean \`${meant}\`?`;
      warnings.push({ at: node.at, path, message: `${quote(id)} is no service of this file${hint}` });
    }
  }

  const sizes = new Map<string, number>();
  for (const { group } of fleet.services) if (group !== null) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const section = root === null ? undefined : entryOf(root, "groups")?.value;
  const lines = new Map(section?.tag === "map" ? section.entries.map(({ key, at }) => [key, at]) : []);
  for (const { name, keepRunning } of fleet.groups) {
    const members = sizes.get(name) ?? 0;
    const at = lines.get(name) ?? 0;
    const path = ["groups", name];
    if (members === 0) {
      warnings.push({ at, path, message: `no service is in the group ${quote(name)}` });
    } else if (keepRunning?.tag === "count" && keepRunning.count >= members) {
      const all = `keepRunning is ${keepRunning.count} and the group ${quote(name)} has ${members}`;
      warnings.push({ at, path, message: `${all}: none of them can be stopped` });
    }
  }
  return [...warnings, ...besuWarnings(fleet, drafts), ...notifyWarnings(fleet, root)];
}
