"use client";

import { createContext, use, useCallback, useMemo } from "react";
import { serverNow, useTicking } from "../ui/clock";
import { broughtToNow, panned, zoomed } from "./move-span";
import { type Ends, endsOf, lengthOf, type Span } from "./span";

/** The time that is drawn, how wide, and how to go elsewhere. */
export interface TimeFrame extends Ends {
  readonly span: Span;
  /** The server's now, as exact as it can be drawn; ms. */
  readonly now: number;
  /** In pixels; 0 until it is known. */
  readonly width: number;
  /** @param at what keeps its place; ms. */
  readonly zoom: (factor: number, at?: number) => void;
  /** @param share of the length; negative: into the past. */
  readonly pan: (share: number) => void;
  readonly home: () => void;
  /** Takes another span, such as one that is being dragged to. */
  readonly show: (span: Span) => void;
}

const FrameContext = createContext<TimeFrame | null>(null);
export const TimeFrameProvider = FrameContext.Provider;

export function useTimeFrame(): TimeFrame {
  const frame = use(FrameContext);
  if (frame === null) throw new Error("This view must stand inside a TimeFrameProvider.");
  return frame;
}

/**
 * Moves with the time where the span ends now: a pixel at a time, at most once a second, and at once
 * when something happened. @param happenedAt when it last did; ms.
 */
export function useFrame(span: Span, width: number, show: (span: Span) => void, happenedAt = 0): TimeFrame {
  const stepMs = Math.max(1_000, lengthOf(span) / Math.max(width, 100));
  const tick = useTicking(
    useCallback((_now: number, at: number) => Math.floor(at / stepMs) * stepMs, [stepMs]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each tick is a new now.
  const now = useMemo(() => Math.max(serverNow(), happenedAt + 1), [tick, happenedAt]);
  return useMemo(
    () => ({
      span,
      now,
      width,
      ...endsOf(span, now),
      zoom: (factor, at) => show(zoomed(span, now, factor, at)),
      pan: (share) => show(panned(span, now, share)),
      home: () => show(broughtToNow(span)),
      show,
    }),
    [span, now, width, show],
  );
}

/** Where an instant stands, in pixels from the left. */
export function xOf({ from, to, width }: TimeFrame, at: number): number {
  return ((at - from) / (to - from)) * width;
}

/** The instant at a place, in ms. */
export function timeAt({ from, to, width }: TimeFrame, x: number): number {
  return from + (x / width) * (to - from);
}

/** How much time a pixel is. */
export function msPerPx({ from, to, width }: TimeFrame): number {
  return (to - from) / Math.max(1, width);
}

/** Left edge and width of a stretch as it is drawn: within the frame, and never too narrow to be seen. */
export function boxOf(
  frame: TimeFrame,
  { from, to }: Ends,
  leastPx = 1,
): { readonly x: number; readonly width: number } {
  const left = Math.max(0, xOf(frame, from));
  const right = Math.min(frame.width, xOf(frame, to));
  const width = Math.max(leastPx, right - left);
  return { x: Math.max(0, Math.min(left, frame.width - width)), width };
}
