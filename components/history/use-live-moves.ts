"use client";

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import type { Transition } from "@/lib/wire/service";
import { mergeTransitions } from "../live/fleet-records";
import { useFleetStore } from "../live/use-fleet";
import { type HistoryFilter, isInHistory } from "./fleet-history-filter";

/** More than these and the history is loaded anew: a page may stand open for months. */
const mostKept = 500;
/** Less than a row: whoever is here looks at the newest. */
const topPx = 8;

interface LiveMoves {
  /** What may be shown now, newest first. */
  readonly moves: readonly Transition[];
  /** How many more came while somebody reads further down or has evidence open. */
  readonly waiting: number;
  readonly showWaiting: () => void;
}

interface Kept {
  readonly came: readonly Transition[];
  readonly shown: readonly Transition[];
}

const none: Kept = { came: [], shown: [] };

/**
 * What the feed tells that belongs to the filter, since `epoch` last changed. Nothing is put above what
 * somebody reads: it waits until they are back at the top, or ask for it.
 * @param now in ms; what spans go back from.
 * @param onOverflow called when too many came to keep them all.
 */
export function useLiveMoves(
  filter: HistoryFilter,
  now: number,
  epoch: string,
  list: RefObject<HTMLElement | null>,
  onOverflow: () => void,
): LiveMoves {
  const store = useFleetStore();
  const [kept, setKept] = useState<{ readonly epoch: string } & Kept>({ epoch, ...none });
  const current = kept.epoch === epoch ? kept : none;
  const latest = useRef({ filter, now, epoch, onOverflow });
  useEffect(() => {
    latest.current = { filter, now, epoch, onOverflow };
  });

  const showWaiting = useCallback(() => setKept((before) => ({ ...before, shown: before.came })), []);

  useEffect(() => {
    const take = () => {
      const wanted = latest.current;
      const fits = store
        .told()
        .filter((move) => isInHistory(wanted.filter, move, store.service(move.service), wanted.now));
      const reading = isReading(list.current);
      setKept((before) => {
        const known = before.epoch === wanted.epoch ? before : none;
        const came = mergeTransitions(known.came, fits, newestFirst);
        if (came === known.came && before.epoch === wanted.epoch) return before;
        return { epoch: wanted.epoch, came, shown: reading ? known.shown : came };
      });
    };
    return store.subscribe("told", take);
  }, [store, list]);

  const waiting = current.came.length - current.shown.length;
  useEffect(() => {
    if (waiting === 0) return;
    const look = () => isReading(list.current) || showWaiting();
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, [waiting, list, showWaiting]);

  const overflows = current.came.length > mostKept && waiting === 0;
  useEffect(() => {
    if (overflows) latest.current.onOverflow();
  }, [overflows]);

  return { moves: current.shown, waiting, showWaiting };
}

/** The fleet's order: by instant, and within one instant what was stored last comes first. */
export function newestFirst(left: Transition, right: Transition): number {
  if (left.at !== right.at) return left.at < right.at ? 1 : -1;
  return Number(right.id) - Number(left.id);
}

function isReading(list: HTMLElement | null): boolean {
  return scrollY > topPx || list?.querySelector('[aria-expanded="true"]') != null;
}
