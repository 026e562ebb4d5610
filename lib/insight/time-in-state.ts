import { type KnownHistory, piecesOf } from "./pieces";
import { rankOf } from "./rank";
import { type MsSpan, merged, msWithin } from "./spans";

export interface StateTime {
  readonly ms: number;
  /** How often it came into the state within the span. */
  readonly entries: number;
  /** Of the stays that ended within the span, with all of their length; null where none did. */
  readonly longestMs: number | null;
  /** Their median. */
  readonly typicalMs: number | null;
}

export interface StateTimes {
  readonly states: ReadonlyMap<string, StateTime>;
  readonly notObservedMs: number;
}

/** How long a service was in each state: all `ms` and `notObservedMs` together are the span, exactly. */
export function timeInState(history: KnownHistory, span: MsSpan): StateTimes {
  const lasted = new Map<string, number>();
  let notObservedMs = 0;
  for (const { state, from, to } of piecesOf(history, span)) {
    if (state === null) notObservedMs += to - from;
    else lasted.set(state, (lasted.get(state) ?? 0) + to - from);
  }
  const entries = entriesIn(history, span);
  const ended = endedIn(history, span);
  const names = new Set([...lasted.keys(), ...entries.keys(), ...ended.keys()]);
  const states = [...names].sort().map((name) => {
    const stays = ended.get(name) ?? [];
    const time: StateTime = {
      ms: lasted.get(name) ?? 0,
      entries: entries.get(name) ?? 0,
      longestMs: stays.at(-1) ?? null,
      typicalMs: rankOf(stays, 0.5),
    };
    return [name, time] as const;
  });
  return { states: new Map(states), notObservedMs };
}

const liesIn = ({ from, to }: MsSpan, instant: number) => instant >= from && instant < to;

function entriesIn({ moves }: KnownHistory, span: MsSpan): Map<string, number> {
  const entries = new Map<string, number>();
  for (const { countedAt, toState } of moves)
    if (liesIn(span, countedAt)) entries.set(toState, (entries.get(toState) ?? 0) + 1);
  return entries;
}

/** The lengths of the stays that ended in the span, gaps left out, the shortest first. */
function endedIn({ moves, gaps }: KnownHistory, span: MsSpan): Map<string, number[]> {
  const unseen = merged(gaps);
  const ended = new Map<string, number[]>();
  for (const [index, { countedAt: from, toState }] of moves.entries()) {
    const to = moves[index + 1]?.countedAt;
    if (to === undefined || !liesIn(span, to)) continue;
    const lengths = ended.get(toState) ?? [];
    lengths.push(to - from - msWithin(unseen, { from, to }));
    ended.set(toState, lengths);
  }
  for (const lengths of ended.values()) lengths.sort((a, b) => a - b);
  return ended;
}
