import { found } from "./explain";
import type { PathStep, Problem } from "./issue";
import { entryOf, isEmpty, type Located, type LocatedEntry } from "./located";

/** The entries of a section that is a map, such as hosts; none if it is absent or empty. */
export function mapSection(
  root: Located,
  name: string,
  what: string,
  problems: Problem[],
  within: readonly PathStep[] = [],
): readonly LocatedEntry[] {
  const section = entryOf(root, name)?.value;
  if (section === undefined || isEmpty(section)) return [];
  if (section.tag === "map") return section.entries;
  problems.push({
    at: section.at,
    path: [...within, name],
    message: `${found(section)}: ${name} is ${what}`,
  });
  return [];
}

/** The items of a section that is a list, such as services; none if it is absent or empty. */
export function listSection(
  root: Located,
  name: string,
  problems: Problem[],
  within: readonly PathStep[] = [],
): readonly Located[] {
  const section = entryOf(root, name)?.value;
  if (section === undefined || isEmpty(section)) return [];
  if (section.tag === "list") return section.items;
  const message = `${found(section)}: ${name} is a list; each of its items begins with "- "`;
  problems.push({ at: section.at, path: [...within, name], message });
  return [];
}
