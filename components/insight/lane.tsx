"use client";

import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { obeyFrameKey } from "./frame-keys";
import { itemAt, overlap } from "./hit";
import type { Ends } from "./span";
import { boxOf, msPerPx, timeAt, useTimeFrame, xOf } from "./time-frame";
import { usePoint, usePointed } from "./use-pointed";

const reachPx = 4;
/** Long enough to reach the tip, which may be pointed at itself. */
const leaveMs = 120;
const edgeStep = 0.25;

export interface LaneProps<Item extends Ends> {
  /** What it shows, for assistive technology: "States over time". */
  readonly name: string;
  /** What is drawn, in order; the arrows go from one to the next. */
  readonly items: readonly Item[];
  readonly height: number;
  readonly say: (item: Item) => string;
  /** What stands there where nothing can be pointed at. */
  readonly none: string;
  readonly tip: (item: Item) => ReactNode;
  /** Which item is meant by an instant and a height; the nearest in time unless it is said. */
  readonly hit?: (at: number, y: number, reachMs: number) => number;
  /** Where in the lane an item stands, from the top; all of it unless it is said. */
  readonly placeOf?: (item: Item) => { readonly y: number; readonly height: number };
  /** Enter, or a press, on an item. */
  readonly onOpen?: (item: Item) => void;
  /** The drawing. */
  readonly children: ReactNode;
}

/**
 * One lane of a chart. What is pointed at or stepped to shows its tip, and is marked in every other
 * view of the same time. For assistive technology it is a slider over its items.
 */
export function Lane<Item extends Ends>({
  name,
  items,
  height,
  say,
  none,
  tip,
  hit,
  placeOf,
  onOpen,
  children,
}: LaneProps<Item>) {
  const frame = useTimeFrame();
  const point = usePoint();
  const [at, setAt] = useState<{ readonly from: number; readonly x: number } | null>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(leaving.current), []);
  const index = at === null ? -1 : items.findIndex((item) => item.from === at.from);
  const active = items[index];

  function aim(next: Item | undefined, x?: number): void {
    clearTimeout(leaving.current);
    setAt(next === undefined ? null : { from: next.from, x: x ?? middleOf(next) });
    point(next === undefined ? null : { from: next.from, to: next.to });
  }

  function middleOf(item: Item): number {
    const box = boxOf(frame, item);
    return box.x + box.width / 2;
  }

  function meant(event: {
    clientX: number;
    clientY: number;
    currentTarget: Element;
  }): readonly [Item | undefined, number] {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    const reachMs = reachPx * msPerPx(frame);
    const found =
      hit?.(timeAt(frame, x), event.clientY - top, reachMs) ?? itemAt(items, timeAt(frame, x), reachMs);
    return [items[found], x];
  }

  function onPointerMove(event: PointerEvent): void {
    if (event.pointerType !== "touch" && event.buttons === 0) aim(...meant(event));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const middle = active === undefined ? undefined : (active.from + active.to) / 2;
    if (obeyFrameKey(event, frame, middle)) return;
    const shown = items.filter((item) => item.to >= frame.from && item.from < frame.to);
    const from = active === undefined ? shown.length : shown.indexOf(active);
    switch (event.key) {
      case "ArrowLeft":
      case "ArrowRight": {
        const next = shown[from + (event.key === "ArrowLeft" ? -1 : 1)];
        if (next === undefined) frame.pan(event.key === "ArrowLeft" ? -edgeStep : edgeStep);
        else aim(next);
        break;
      }
      case "End":
        aim(shown.at(-1));
        break;
      case "Enter":
        if (active !== undefined) onOpen?.(active);
        break;
      case "Escape":
        aim(undefined);
        return;
      default:
        return;
    }
    event.preventDefault();
  }

  return (
    <div className="time-lane" style={{ height }}>
      {children}
      <Marks items={items} height={height} placeOf={placeOf} />
      <div
        role="slider"
        tabIndex={0}
        className="time-lane-handle"
        aria-label={name}
        aria-description="Arrows step from one to the next, plus and minus zoom, Home comes back to now."
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={items.length}
        aria-valuenow={index === -1 ? items.length : index + 1}
        aria-valuetext={
          active !== undefined ? say(active) : items.length === 0 ? none : `${items.length} to step through`
        }
        onKeyDown={onKeyDown}
        onFocus={(event) =>
          event.currentTarget.matches(":focus-visible") && active === undefined && aim(items.at(-1))
        }
        onBlur={() => aim(undefined)}
        onPointerMove={onPointerMove}
        onPointerLeave={() => {
          clearTimeout(leaving.current);
          leaving.current = setTimeout(() => aim(undefined), leaveMs);
        }}
        onClick={(event) => {
          const [item, x] = meant(event);
          aim(item, x);
          if (item !== undefined) onOpen?.(item);
        }}
      />
      {active !== undefined && at !== null && (
        <div
          className="time-tip"
          style={at.x < frame.width / 2 ? { left: at.x } : { right: frame.width - at.x }}
          onPointerEnter={() => clearTimeout(leaving.current)}
          onPointerLeave={() => aim(undefined)}
        >
          {tip(active)}
        </div>
      )}
    </div>
  );
}

interface MarksProps<Item extends Ends> {
  readonly items: readonly Item[];
  readonly height: number;
  readonly placeOf: LaneProps<Item>["placeOf"];
}

/** What is pointed at, here or elsewhere: framed. */
function Marks<Item extends Ends>({ items, height, placeOf }: MarksProps<Item>) {
  const frame = useTimeFrame();
  const pointed = usePointed();
  if (pointed === null) return null;
  const marked = items.filter(
    (item) => overlap(item, pointed) && xOf(frame, item.to) >= 0 && item.from <= frame.to,
  );
  return (
    <svg width={frame.width} height={height} aria-hidden="true" className="time-marks">
      {marked.map((item) => {
        const { x, width } = boxOf(frame, item, 3);
        const place = placeOf?.(item) ?? { y: 0, height };
        return (
          <rect
            key={`${item.from} ${place.y}`}
            data-pointed="true"
            x={x}
            width={width}
            y={place.y + 0.75}
            height={place.height - 1.5}
            rx={2}
          />
        );
      })}
    </svg>
  );
}
