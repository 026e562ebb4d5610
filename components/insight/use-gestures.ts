"use client";

import { type RefObject, useEffect, useRef } from "react";
import { panned, zoomed } from "./move-span";
import type { Span } from "./span";
import { type TimeFrame, timeAt } from "./time-frame";

/** A press that moves less than this is a press. */
const dragFromPx = 4;
/** How much a notch of a wheel zooms; trackpads send many small ones. */
const zoomPerPx = 1.0022;

/**
 * Drag pans, two fingers zoom, a wheel zooms with Ctrl held (as trackpads say a pinch) or once the
 * chart has the focus, and pans sideways. A wheel alone goes on scrolling the page.
 */
export function useGestures(field: RefObject<HTMLElement | null>, frame: TimeFrame): void {
  const latest = useRef(frame);
  useEffect(() => {
    latest.current = frame;
  });

  useEffect(() => {
    const element = field.current;
    if (element === null) return;
    const stop = new AbortController();
    const { signal } = stop;
    const timeUnder = (clientX: number) =>
      timeAt(latest.current, clientX - element.getBoundingClientRect().left);

    function onWheel(event: WheelEvent): void {
      const { pan, zoom, width } = latest.current;
      const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey;
      const isMeant = event.ctrlKey || event.metaKey || element?.contains(document.activeElement);
      if (!isSideways && !isMeant) return;
      event.preventDefault();
      if (isSideways) pan((event.deltaX || event.deltaY) / width);
      else zoom(zoomPerPx ** (event.deltaY * (event.deltaMode === 1 ? 20 : 1)), timeUnder(event.clientX));
    }

    const pressed = new Map<number, number>();
    let begun: { readonly span: Span; readonly places: readonly number[] } | null = null;
    let isDrag = false;

    function begin(): void {
      begun = pressed.size === 0 ? null : { span: latest.current.span, places: [...pressed.values()] };
    }

    function onDown(event: PointerEvent): void {
      if (event.button !== 0) return;
      pressed.set(event.pointerId, event.clientX);
      isDrag = false;
      begin();
    }

    function onMove(event: PointerEvent): void {
      if (begun === null || !pressed.has(event.pointerId)) return;
      pressed.set(event.pointerId, event.clientX);
      const [first = 0, second] = begun.places;
      const [a = 0, b] = [...pressed.values()];
      const { now, width, show } = latest.current;
      if (second !== undefined && b !== undefined) {
        isDrag = true;
        const factor = Math.abs(second - first) / Math.max(1, Math.abs(b - a));
        show(zoomed(begun.span, now, factor, timeUnder((a + b) / 2)));
      } else if (isDrag || Math.abs(a - first) > dragFromPx) {
        if (!isDrag) element?.setPointerCapture(event.pointerId);
        isDrag = true;
        show(panned(begun.span, now, (first - a) / width));
      }
    }

    function onUp(event: PointerEvent): void {
      pressed.delete(event.pointerId);
      begin();
    }

    function onClick(event: MouseEvent): void {
      if (isDrag) event.stopPropagation();
      isDrag = false;
    }

    element.addEventListener("wheel", onWheel, { signal, passive: false });
    element.addEventListener("pointerdown", onDown, { signal });
    element.addEventListener("pointermove", onMove, { signal });
    element.addEventListener("pointerup", onUp, { signal });
    element.addEventListener("pointercancel", onUp, { signal });
    element.addEventListener("click", onClick, { signal, capture: true });
    return () => stop.abort();
  }, [field]);
}
