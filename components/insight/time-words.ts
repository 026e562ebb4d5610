import { formatInstant } from "../ui/format-instant";
import { formatExactSpan, formatSpan } from "../ui/format-span";
import type { StateBand } from "./bands";
import type { Ends } from "./span";

/** Of what is shorter than this the milliseconds matter. */
const shortMs = 60_000;

/** An instant with its day, in the reader's zone: "28 Nov 2026 08:17:03". @param at in ms. */
export function sayInstant(at: number, withMs = false): string {
  const { day, time } = formatInstant(new Date(at).toISOString());
  return `${day} ${withMs ? time : time.slice(0, 8)}`;
}

/** From when to when, each with its day; to the millisecond where little lies between them. */
export function sayBoth({ from, to }: Ends): readonly [from: string, to: string] {
  const isShort = to - from < shortMs;
  return [sayInstant(from, isShort), sayInstant(to, isShort)];
}

/** From when to when; the day is said once where both are of one. */
export function sayEnds(ends: Ends): string {
  const [from, to] = sayBoth(ends);
  const day = from.slice(0, from.lastIndexOf(" ") + 1);
  return `${from} to ${to.startsWith(day) ? to.slice(day.length) : to}`;
}

export function bandWord({ state }: StateBand): string {
  return state ?? "Not observed";
}

/** A band for those who cannot see it: state, from, to, how long. */
export function sayBand(band: StateBand): string {
  const many = band.moves > 1 ? `, mostly, with ${band.moves} moves` : "";
  return `${bandWord(band)}${many}, ${sayEnds(band)}, ${formatExactSpan(band.to - band.from)}`;
}

/** "1 move", "2 moves". */
export function sayCount(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** What the timeline shows, in a few words. @param entries how often Error was entered, where it is known. */
export function sayTimeline(bands: readonly StateBand[], ends: Ends, entries?: number): string {
  const moves = bands.reduce((sum, band) => sum + band.moves, 0);
  const last = bands.at(-1);
  const parts = [
    `${formatSpan(ends.to - ends.from)}, ${sayEnds(ends)}: ${sayCount(moves, "move")}.`,
    sayErrors(bands, entries),
    last === undefined ? "" : `At the end: ${bandWord(last)}.`,
  ];
  return parts.filter(Boolean).join(" ");
}

function sayErrors(bands: readonly StateBand[], entries: number | undefined): string {
  const errors = bands.filter(({ state }) => state === "Error");
  if (errors.length === 0 && !entries) return "Never in Error.";
  const ms = errors.reduce((sum, { from, to }) => sum + to - from, 0);
  const times = entries === 1 ? "once" : `${entries} times`;
  return `In Error for ${formatExactSpan(ms)} in all${entries === undefined ? "" : `, entered ${times}`}.`;
}
