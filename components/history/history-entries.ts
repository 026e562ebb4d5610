import type { Gap, Transition } from "@/lib/wire/service";

/** A time that was not observed; of the whole fleet with the hosts that it was not observed on. */
export interface ShownGap extends Gap {
  readonly hosts?: readonly string[];
}

/** One row of the history: a move, or a time that was not observed. */
export type HistoryEntry =
  | { readonly tag: "move"; readonly transition: Transition }
  | { readonly tag: "gap"; readonly gap: ShownGap };

/**
 * Moves and gaps, newest first. A gap stands above the last move before it; what was found at its end
 * stands above it. Gaps from before the oldest move known are left out until that part is loaded.
 * @param complete whether there is no older history to load.
 */
export function historyEntries(
  transitions: readonly Transition[],
  gaps: readonly ShownGap[],
  complete: boolean,
): readonly HistoryEntry[] {
  const waiting = [...gaps].sort((left, right) => (left.from < right.from ? 1 : -1));
  const entries: HistoryEntry[] = [];
  for (const transition of transitions) {
    while (waiting[0] !== undefined && waiting[0].from >= transition.at) {
      entries.push({ tag: "gap", gap: waiting[0] });
      waiting.shift();
    }
    entries.push({ tag: "move", transition });
  }
  if (complete) entries.push(...waiting.map((gap): HistoryEntry => ({ tag: "gap", gap })));
  return entries;
}

/** The `seq` of the newest move above which others are missing; `null` where the chain is whole. */
export function holeIn(transitions: readonly Transition[]): number | null {
  const above = transitions.findIndex(({ seq }, at) => {
    const newer = transitions[at - 1];
    return newer !== undefined && newer.seq - seq > 1;
  });
  return transitions[above]?.seq ?? null;
}
