import type { Band, Timeline } from "@/lib/wire/insight";
import type { Transition } from "@/lib/wire/service";
import type { Ends } from "./span";

/** A stretch of one state; `state` null: not observed. Milliseconds since 1970. */
export interface StateBand extends Ends {
  readonly state: string | null;
  /** More than one: stays that are too short to be drawn, put together under the longest. */
  readonly moves: number;
}

/** The states over a span that was asked for, in order and without a hole. */
export interface Picture extends Ends {
  readonly bands: readonly StateBand[];
}

export function readTimeline({ from, to, bands }: Timeline): Picture {
  return { from: Date.parse(from), to: Date.parse(to), bands: bands.map(readBand) };
}

function readBand({ from, to, state, moves }: Band): StateBand {
  return { from: Date.parse(from), to: Date.parse(to), state, moves };
}

/** What is known of a service beyond what was asked for. */
export interface LiveEnd {
  /** Its newest moves, in any order. */
  readonly moves: readonly Pick<Transition, "at" | "to">[];
  readonly now: number;
  /** Up to when its host was seen; now while it is. */
  readonly observedUntil: number;
}

/**
 * The picture carried on to now by what the feed told since: moves cut the last band, and what was not
 * observed stays so. Nothing changes where the picture already reaches further.
 */
export function carryOn(picture: Picture, { moves, now, observedUntil }: LiveEnd): Picture {
  if (now <= picture.to) return picture;
  const told = moves
    .map(({ at, to }) => ({ at: Date.parse(at), to }))
    .filter(({ at }) => at <= now)
    .sort((left, right) => left.at - right.at);
  const { kept, tail } = tailOf(picture, told);
  const bands = [...kept];
  let current = tail;
  for (const { at, to } of told) {
    if (at <= (current?.from ?? picture.to)) continue;
    if (current !== null) bands.push({ ...current, to: at });
    current = { from: at, to: at, state: to, moves: 1 };
  }
  const last = current ?? unseen(picture.to, now);
  const end = last.state === null ? now : Math.max(last.from, Math.min(observedUntil, now));
  bands.push({ ...last, to: end }, unseen(end, now));
  return { from: picture.from, to: now, bands: joined(bands) };
}

interface Told {
  readonly at: number;
  readonly to: string;
}

/**
 * What goes on, and what stands before it. A band of one stay may be cut where it lies, for a move can
 * be told before the sums that hold it; one of many stays goes on as what it ended in.
 */
function tailOf(
  picture: Picture,
  told: readonly Told[],
): { kept: readonly StateBand[]; tail: StateBand | null } {
  const last = picture.bands.at(-1);
  if (last === undefined) return { kept: [], tail: null };
  if (last.moves <= 1) return { kept: picture.bands.slice(0, -1), tail: last };
  const newest = told.findLast(({ at }) => at <= picture.to);
  const state = newest !== undefined && newest.at >= last.from ? newest.to : last.state;
  return { kept: picture.bands, tail: { from: picture.to, to: picture.to, state, moves: 0 } };
}

function unseen(from: number, to: number): StateBand {
  return { from, to, state: null, moves: 0 };
}

/** Neighbours of one state as one band; empty ones are left out. */
function joined(bands: readonly StateBand[]): readonly StateBand[] {
  const whole: StateBand[] = [];
  for (const band of bands) {
    const before = whole.at(-1);
    if (band.to <= band.from) continue;
    if (before?.state === band.state && before.to === band.from)
      whole[whole.length - 1] = { ...before, to: band.to, moves: before.moves + band.moves };
    else whole.push(band);
  }
  return whole;
}

/** The part of the bands that lies within the ends; a stay that was begun before them has no move in them. */
export function clipped(bands: readonly StateBand[], { from, to }: Ends): readonly StateBand[] {
  return bands
    .filter((band) => band.to > from && band.from < to)
    .map((band) => {
      if (band.from >= from && band.to <= to) return band;
      const moves = band.from < from && band.moves <= 1 ? 0 : band.moves;
      return { ...band, from: Math.max(band.from, from), to: Math.min(band.to, to), moves };
    });
}
