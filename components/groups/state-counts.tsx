import type { Service } from "@/lib/wire/service";
import { Lamp } from "../lamp/lamp";
import { compareStates, stateWord } from "../lamp/state-lamps";

/** How many of these are in each state. */
export function StateCounts({ members }: { members: readonly Service[] }) {
  const counts = new Map<string | null, number>();
  for (const { state } of members) counts.set(state, (counts.get(state) ?? 0) + 1);
  return (
    <ul aria-label="States" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-ink-2">
      {[...counts]
        .sort(([left], [right]) => compareStates(left, right))
        .map(([state, count]) => (
          <li key={stateWord(state)} className="inline-flex items-center gap-1.5">
            <Lamp state={state} size={12} />
            <span className="font-semibold text-ink">{count}</span> {stateWord(state)}
          </li>
        ))}
    </ul>
  );
}
