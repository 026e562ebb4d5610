"use client";

import { type ReactNode, useRef } from "react";
import { cx } from "../ui/cx";
import { boxOf, type TimeFrame, TimeFrameProvider } from "./time-frame";
import { useGestures } from "./use-gestures";
import { usePointed } from "./use-pointed";
import "./time-field.css";

interface TimeFieldProps {
  readonly frame: TimeFrame;
  /** Measures the field: it is as wide as the frame has to be. */
  readonly measure?: (element: HTMLElement | null) => (() => void) | undefined;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Lanes over one time axis: dragged, pinched and zoomed together, with what is pointed at marked in all. */
export function TimeField({ frame, measure, className, children }: TimeFieldProps) {
  const field = useRef<HTMLDivElement>(null);
  useGestures(field, frame);
  return (
    <div ref={field} className={cx("time-field", className)}>
      <div ref={measure} aria-hidden="true" />
      {frame.width > 0 && (
        <TimeFrameProvider value={frame}>
          {children}
          <Crosshair frame={frame} />
        </TimeFrameProvider>
      )}
    </div>
  );
}

function Crosshair({ frame }: { frame: TimeFrame }) {
  const pointed = usePointed();
  if (pointed === null || pointed.to < frame.from || pointed.from > frame.to) return null;
  const { x, width } = boxOf(frame, pointed);
  return <div aria-hidden="true" className="time-crosshair" style={{ left: x, width }} />;
}
