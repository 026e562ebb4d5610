"use client";

import { formatExactSpan } from "../ui/format-span";
import { Icon } from "../ui/icons";
import { type AlertSpan, linesOf } from "./alert-spans";
import { Lane } from "./lane";
import { boxOf, useTimeFrame, xOf } from "./time-frame";
import { sayEnds, sayInstant } from "./time-words";
import "./alert-lane.css";

const linePx = 16;
const barPx = 10;

/** When alerts of the service fired: a thin line while it was not long enough yet, then a bar. */
export function AlertLane({ spans }: { spans: readonly AlertSpan[] }) {
  const frame = useTimeFrame();
  const height = linesOf(spans) * linePx + 4;
  const placeOf = ({ line }: AlertSpan) => ({ y: 2 + line * linePx, height: linePx });

  function hit(at: number, y: number, reachMs: number): number {
    return spans.findIndex((span) => {
      const place = placeOf(span);
      return (
        at >= span.from - reachMs && at <= span.to + reachMs && y >= place.y && y < place.y + place.height
      );
    });
  }

  return (
    <Lane
      name="Alerts over time"
      items={spans}
      height={height}
      say={sayAlert}
      none="No alerts in this span"
      tip={(span) => <AlertTip span={span} />}
      hit={hit}
      placeOf={placeOf}
    >
      <svg width={frame.width} height={height} aria-hidden="true" className="alert-drawing">
        {spans.length === 0 && (
          <text x={0} y={14} className="alert-none">
            No alerts
          </text>
        )}
        {spans.map((span) => {
          const { alert, line, firedAt, from, to } = span;
          const y = 2 + line * linePx + linePx / 2;
          const bar = boxOf(frame, { from: Math.min(firedAt, to), to }, 4);
          const lead = boxOf(frame, { from, to: firedAt });
          return (
            <g key={alert.id} data-severity={alert.severity} data-status={alert.status}>
              {xOf(frame, firedAt) > 0 && <path d={`M${lead.x} ${y}h${lead.width}`} className="alert-lead" />}
              <rect
                x={bar.x}
                width={bar.width}
                y={y - barPx / 2}
                height={barPx}
                rx={2}
                className="alert-bar"
              />
            </g>
          );
        })}
      </svg>
    </Lane>
  );
}

/** An alert in words: what, since when, when it fired, how it ended. */
export function sayAlert({ alert, from, to, firedAt, isOver }: AlertSpan): string {
  const end = isOver ? `resolved ${sayInstant(to)}` : `still ${alert.status}`;
  return `${alert.severity}: ${alert.summary} Since ${sayInstant(from)}, fired ${sayInstant(firedAt)}, ${end}.`;
}

function AlertTip({ span }: { span: AlertSpan }) {
  const { alert, from, to, firedAt, isOver } = span;
  return (
    <>
      <p className="flex items-center gap-1.5 font-medium text-ink">
        <Icon
          name="alert"
          size={13}
          className={alert.severity === "critical" ? "text-error" : "text-warning"}
        />
        {alert.summary}
      </p>
      <p>
        {alert.severity}, {isOver ? `lasted ${formatExactSpan(to - from)}` : `still ${alert.status}`}
      </p>
      <p>{isOver ? sayEnds({ from, to }) : `since ${sayInstant(from)}`}</p>
      <p>fired {sayInstant(firedAt)}</p>
    </>
  );
}
