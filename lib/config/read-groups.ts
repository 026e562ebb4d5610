import { overridesFrom } from "./alert-keys";
import { readPart } from "./explain";
import { fractionPattern, groupKeys } from "./file-keys";
import type { GroupConfig, KeepRunning } from "./fleet";
import { type Problem, quote } from "./issue";
import { type Located, mapOrNothing } from "./located";
import { groupWords, isGroupName } from "./names";
import { mapSection } from "./sections";

/** The `groups` section. */
export function readGroups(root: Located, problems: Problem[]): GroupConfig[] {
  const what = "a map from names to groups, such as { validators: { keepRunning: 2/3 } }";
  return mapSection(root, "groups", what, problems).flatMap((entry) => {
    const { key: name, at } = entry;
    const path = ["groups", name];
    if (!isGroupName(name)) problems.push({ at, path, message: `${quote(name)}: ${groupWords}` });
    const read = readPart(groupKeys, mapOrNothing(entry), path, problems);
    return read === undefined
      ? []
      : [{ name, keepRunning: keepRunningFrom(read.keepRunning), alerts: overridesFrom(read.alerts) }];
  });
}

function keepRunningFrom(value: string | number | undefined): KeepRunning | null {
  if (value === undefined) return null;
  if (typeof value === "number") return { tag: "count", count: value };
  const [, part, whole] = fractionPattern.exec(value) ?? [];
  return { tag: "fraction", part: Number(part), whole: Number(whole) };
}
