import type { TimeInState } from "@/lib/wire/insight";
import { compareStates } from "../lamp/state-lamps";

/** One state's part of a span; `state` null: not observed. */
export interface Share {
  readonly state: string | null;
  readonly ms: number;
  /** 0 to 1. */
  readonly share: number;
  /** How often it was entered; null of what was not observed. */
  readonly entries: number | null;
  readonly longestMs: number | null;
  readonly typicalMs: number | null;
}

/**
 * Every state that occurs and every one in `always`, in the order of the lamps; what was not observed
 * comes last. The shares are of the whole span, so they add up to one.
 */
export function sharesOf(
  { states, notObservedMs }: TimeInState,
  always: readonly string[] = [],
): readonly Share[] {
  const whole = notObservedMs + Object.values(states).reduce((sum, { ms }) => sum + ms, 0);
  const shareOf = (ms: number) => (whole === 0 ? 0 : ms / whole);
  const names = [...new Set([...always, ...Object.keys(states)])].sort(compareStates);
  const seen = names.map((state) => {
    const { ms = 0, entries = 0, longestMs = null, typicalMs = null } = states[state] ?? {};
    return { state, ms, share: shareOf(ms), entries, longestMs, typicalMs };
  });
  const unseen = {
    ms: notObservedMs,
    share: shareOf(notObservedMs),
    entries: null,
    longestMs: null,
    typicalMs: null,
  };
  return [...seen, { state: null, ...unseen }];
}

/** "98.2 %", "< 0.1 %": all and nothing are said only of all and nothing. */
export function sayShare(share: number): string {
  if (share <= 0) return "0 %";
  if (share >= 1) return "100 %";
  if (share < 0.001) return "< 0.1 %";
  if (share > 0.999) return "> 99.9 %";
  return `${(share * 100).toFixed(1)} %`;
}

/** "Running 98.2 %, Stopped 1.7 %, not observed 0.1 %": what took most of the time first. */
export function saySharing(shares: readonly Pick<Share, "state" | "ms" | "share">[], most = 4): string {
  const said = [...shares].filter(({ ms }) => ms > 0).sort((left, right) => right.ms - left.ms);
  if (said.length === 0) return "Nothing was observed.";
  const words = said
    .slice(0, most)
    .map(({ state, share }) => `${state ?? "not observed"} ${sayShare(share)}`);
  return `${words.join(", ")}${said.length > most ? " and others" : ""}.`;
}
