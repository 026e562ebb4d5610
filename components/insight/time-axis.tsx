"use client";

import { type KeyboardEvent, useMemo } from "react";
import { obeyFrameKey } from "./frame-keys";
import { useTimeFrame, xOf } from "./time-frame";
import { timeTicks } from "./time-ticks";
import { sayEnds } from "./time-words";

const step = 0.1;
/** A word is this far from the field's edge, at least. */
const edgePx = 20;

interface TimeAxisProps {
  /** Whether it can be reached by keyboard: one of several on a page is enough. */
  readonly isHandle?: boolean;
}

/** The hours or days under a chart. As a handle: arrows pan, + and − zoom, Home comes back to now. */
export function TimeAxis({ isHandle = false }: TimeAxisProps) {
  const frame = useTimeFrame();
  const { from, to, width, now, pan } = frame;
  const ticks = useMemo(() => timeTicks({ from, to }, width), [from, to, width]);

  function onKeyDown(event: KeyboardEvent): void {
    if (obeyFrameKey(event, frame)) return;
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    pan(event.key === "ArrowLeft" ? -step : step);
  }

  const drawing = (
    <svg width={width} height={22} aria-hidden="true" className="time-axis">
      {ticks.map(({ at, word, isStrong }) => {
        const x = Math.round(xOf(frame, at)) + 0.5;
        return (
          <g key={at} data-strong={isStrong || undefined}>
            <path d={`M${x} 0v5`} className="tick-line" />
            {x > edgePx && x < width - edgePx && (
              <text x={x} y={18} textAnchor="middle" className="tick-word">
                {word}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
  if (!isHandle) return drawing;
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Time shown"
      aria-description="Arrows go back and forth, plus and minus zoom, Home comes back to now."
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(now / 1_000)}
      aria-valuenow={Math.round(Math.min(to, now) / 1_000)}
      aria-valuetext={sayEnds({ from, to })}
      onKeyDown={onKeyDown}
    >
      {drawing}
    </div>
  );
}
