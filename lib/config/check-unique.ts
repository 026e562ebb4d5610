import { type Problem, quote } from "./issue";
import { entryOf, textOf } from "./located";
import type { ServiceDraft } from "./read-services";

/** A service stands once, and no two services are the same unit. */
export function checkUnique(
  drafts: readonly ServiceDraft[],
  lineAt: (offset: number) => number,
  problems: Problem[],
): void {
  const byId = new Map<string, ServiceDraft>();
  const byUnit = new Map<string, ServiceDraft>();
  for (const draft of drafts) {
    const { id, at, path } = draft;
    if (id === null) continue;
    const first = byId.get(id);
    if (first !== undefined) {
      const lines = `on line ${lineAt(first.at)} and on line ${lineAt(at)}`;
      problems.push({
        at,
        path,
        message: `the service ${quote(id)} stands twice, ${lines}; give one another name`,
      });
      continue;
    }
    byId.set(id, draft);

    const unit = entryOf(draft.part, "unit")?.value;
    const unitText = textOf(unit);
    if (unit === undefined || unitText === null) continue;
    const key = `${textOf(entryOf(draft.part, "host")?.value)}/${unitText}`;
    const other = byUnit.get(key);
    if (other === undefined) {
      byUnit.set(key, draft);
      continue;
    }
    const service = `the service ${quote(other.id ?? "")} on line ${lineAt(other.at)}`;
    const message = `the unit ${quote(unitText)} is already ${service}; a unit can be one service`;
    problems.push({ at: unit.at, path: [...path, "unit"], message });
  }
}
