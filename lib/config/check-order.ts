import { idsIn } from "./check-hosts";
import { type PathStep, type Problem, quote } from "./issue";
import type { Located } from "./located";
import type { ServiceDraft } from "./read-services";

interface Step {
  readonly id: string;
  readonly node: Located;
  readonly path: readonly PathStep[];
}

/**
 * No service may wait for itself by way of `after`. Each reference that closes a ring is told at
 * its own line: without those no ring is left.
 */
export function checkOrder(drafts: readonly ServiceDraft[], problems: Problem[]): void {
  const after = new Map<string, Step[]>();
  for (const draft of drafts) {
    if (draft.id !== null && !after.has(draft.id)) after.set(draft.id, idsIn(draft, "after"));
  }
  const done = new Set<string>();
  for (const start of after.keys()) {
    if (!done.has(start)) walk(start, after, done, problems);
  }
}

/** Depth first, by a list of its own: a chain may be longer than the call stack. */
function walk(
  start: string,
  after: ReadonlyMap<string, Step[]>,
  done: Set<string>,
  problems: Problem[],
): void {
  const trail = [{ id: start, next: 0 }];
  const onTrail = new Set([start]);
  for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
    const step = after.get(last.id)?.[last.next++];
    if (step === undefined) {
      done.add(last.id);
      onTrail.delete(last.id);
      trail.pop();
    } else if (onTrail.has(step.id)) {
      const ring = trail.slice(trail.findIndex(({ id }) => id === step.id)).map(({ id }) => id);
      problems.push({ at: step.node.at, path: step.path, message: ringWords([...ring, step.id]) });
    } else if (!done.has(step.id)) {
      trail.push({ id: step.id, next: 0 });
      onTrail.add(step.id);
    }
  }
}

const mostShown = 8;

function ringWords(ring: readonly string[]): string {
  if (ring.length === 2) return `${quote(ring[0] ?? "")} waits for itself; take it out of its own after`;
  const shown = ring.length > mostShown ? [...ring.slice(0, mostShown), "…"] : ring;
  return `these wait for each other: ${quote(shown.join(" → ")).replaceAll("`", "")}; take one out of after`;
}
