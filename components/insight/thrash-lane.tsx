"use client";

import { scaleLinear } from "d3-scale";
import { memo } from "react";
import { causeWords } from "../cause/cause-words";
import { Icon } from "../ui/icons";
import { Lane } from "./lane";
import type { ThrashBar, Threshold } from "./thrash-bars";
import { boxOf, type TimeFrame, useTimeFrame } from "./time-frame";
import { sayCount, sayEnds } from "./time-words";
import "./thrash-lane.css";

const height = 104;
const topPx = 14;
const labelPx = 16;

interface ThrashLaneProps {
  readonly bars: readonly ThrashBar[];
  readonly threshold: Threshold | null;
  readonly describedBy: string;
}

/** Moves per bucket, stacked by cause, with the line that a rule draws. */
export function ThrashLane({ bars, threshold, describedBy }: ThrashLaneProps) {
  const frame = useTimeFrame();
  return (
    <Lane
      name="Moves over time"
      items={bars}
      height={height}
      say={sayBar}
      none="No moves in this span"
      tip={(bar) => <BarTip bar={bar} />}
    >
      <Drawing bars={bars} threshold={threshold} frame={frame} describedBy={describedBy} />
    </Lane>
  );
}

interface DrawingProps extends ThrashLaneProps {
  readonly frame: TimeFrame;
}

const Drawing = memo(function Drawing({ bars, threshold, frame, describedBy }: DrawingProps) {
  const shown = bars.filter(({ from, to }) => to > frame.from && from < frame.to);
  const most = Math.max(
    threshold === null ? 4 : threshold.count * 1.25,
    ...shown.map(({ transitions }) => transitions),
  );
  const y = scaleLinear()
    .domain([0, most])
    .range([height - 1, topPx]);
  const [grid = 0] = y
    .ticks(2)
    .filter((count) => count > 0 && Number.isInteger(count))
    .slice(-1);
  const isCrowded = threshold !== null && Math.abs(y(grid) - y(threshold.count)) < labelPx;
  return (
    <svg
      width={frame.width}
      height={height}
      role="img"
      aria-label="Moves over time by cause"
      aria-describedby={describedBy}
      className="thrash-drawing"
    >
      {grid > 0 && !isCrowded && (
        <g>
          <path d={`M0 ${Math.round(y(grid)) + 0.5}h${frame.width}`} className="thrash-grid-line" />
          <text x={0} y={y(grid) - 3} className="thrash-grid-word">
            {grid} moves
          </text>
        </g>
      )}
      <path d={`M0 ${height - 0.5}h${frame.width}`} className="thrash-base" />
      {shown.map((bar) => (
        <Bar key={bar.from} bar={bar} y={y} frame={frame} />
      ))}
      {threshold !== null && (
        <g>
          <path
            d={`M0 ${Math.round(y(threshold.count)) + 0.5}h${frame.width}`}
            className="thrash-threshold-line"
          />
          <text x={0} y={y(threshold.count) - 4} className="thrash-threshold-word">
            {threshold.words}
          </text>
        </g>
      )}
    </svg>
  );
});

function Bar({ bar, y, frame }: { bar: ThrashBar; y: (count: number) => number; frame: TimeFrame }) {
  const box = boxOf(frame, bar, 2);
  const gap = box.width > 4 ? 1 : 0;
  const [x, width] = [box.x + gap / 2, box.width - gap];
  return (
    <g>
      {bar.parts.map(({ cause, count, below }) => (
        <rect
          key={cause}
          data-cause={cause}
          x={x}
          width={width}
          y={y(below + count)}
          height={Math.max(1, y(below) - y(below + count) - 0.75)}
        />
      ))}
      {bar.unintended > 0 && (
        <path d={`M${x - 1} ${y(bar.unintended)}h${width + 2}`} className="thrash-unintended" />
      )}
    </g>
  );
}

/** A bucket in words: from when to when, how many moves, which of them count, and whose they were. */
export function sayBar({ from, to, transitions, unintended, parts }: ThrashBar): string {
  const causes = parts.map(({ cause, count }) => `${count} ${causeWords[cause].word}`).join(", ");
  return `${sayEnds({ from, to })}: ${sayCount(transitions, "move")}, ${unintended} unintended. By cause: ${causes}.`;
}

function BarTip({ bar }: { bar: ThrashBar }) {
  return (
    <>
      <p className="font-medium text-ink">
        {sayCount(bar.transitions, "move")}, <span className="font-normal">{bar.unintended} unintended</span>
      </p>
      <ul>
        {bar.parts.toReversed().map(({ cause, count }) => (
          <li key={cause} className="flex items-center gap-1.5">
            <span aria-hidden="true" data-cause={cause} className="cause-swatch" />
            <Icon name={causeWords[cause].icon} size={12} /> {causeWords[cause].word}
            <span className="ml-auto pl-3 font-medium text-ink">{count}</span>
          </li>
        ))}
      </ul>
      <p>{sayEnds(bar)}</p>
    </>
  );
}
