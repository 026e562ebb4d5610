import type { KeyboardEvent } from "react";
import type { TimeFrame } from "./time-frame";

const zoomStep = 2;

/**
 * The keys that every chart obeys: + and − zoom, Home comes back to now, Page Up and Down go by whole
 * spans, arrows with Shift by a quarter. @returns whether it was one of them. @param at what keeps its
 * place when zooming; ms.
 */
export function obeyFrameKey(event: KeyboardEvent, frame: TimeFrame, at?: number): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case "+":
    case "=":
      frame.zoom(1 / zoomStep, at);
      break;
    case "-":
    case "−":
      frame.zoom(zoomStep, at);
      break;
    case "Home":
      frame.home();
      break;
    case "PageUp":
      frame.pan(-1);
      break;
    case "PageDown":
      frame.pan(1);
      break;
    case "ArrowLeft":
    case "ArrowRight":
      if (!event.shiftKey) return false;
      frame.pan(event.key === "ArrowLeft" ? -0.25 : 0.25);
      break;
    default:
      return false;
  }
  event.preventDefault();
  event.stopPropagation();
  return true;
}
