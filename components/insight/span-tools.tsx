"use client";

import { Button } from "../ui/button";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { lengthOf, presets, type Span } from "./span";
import type { TimeFrame } from "./time-frame";

const [zoomStep, panStep] = [2, 0.5];

interface SpanChoiceProps {
  readonly span: Span;
  readonly onChange: (span: Span) => void;
}

/** The spans that have a name, up to now. */
export function SpanChoice({ span, onChange }: SpanChoiceProps) {
  return (
    <fieldset aria-label="Span" className="flex rounded-md border border-line-strong bg-surface p-0.5">
      {presets.map(({ key, ms, word }) => {
        const pressed = span.tag === "back" && lengthOf(span) === ms;
        return (
          <button
            key={key}
            type="button"
            aria-pressed={pressed}
            onClick={() => onChange({ tag: "back", ms })}
            className={cx(
              "h-6.5 rounded px-1.5 text-xs font-medium whitespace-nowrap sm:px-2",
              pressed ? "bg-hover text-ink" : "text-ink-2 hover:text-ink",
            )}
          >
            <span className="sr-only">Last</span> {word}
          </button>
        );
      })}
    </fieldset>
  );
}

/** Everything that dragging and wheels do, for one press each. */
export function SpanSteps({ frame }: { frame: TimeFrame }) {
  const isNow = frame.span.tag === "back";
  return (
    <fieldset aria-label="Go through time" className="flex items-center gap-0.5">
      <Button
        look="quiet"
        size="square"
        aria-label="Earlier"
        tip="Earlier"
        onClick={() => frame.pan(-panStep)}
      >
        <Icon name="chevron" size={12} className="rotate-180" />
      </Button>
      <Button
        look="quiet"
        size="square"
        aria-label="Later"
        tip="Later"
        refusal={isNow ? "The span ends now." : null}
        onClick={() => isNow || frame.pan(panStep)}
      >
        <Icon name="chevron" size={12} />
      </Button>
      <Button
        look="quiet"
        size="square"
        aria-label="Zoom out"
        tip="Zoom out"
        onClick={() => frame.zoom(zoomStep)}
      >
        <Icon name="minus" size={12} />
      </Button>
      <Button
        look="quiet"
        size="square"
        aria-label="Zoom in"
        tip="Zoom in"
        onClick={() => frame.zoom(1 / zoomStep)}
      >
        <Icon name="plus" size={12} />
      </Button>
      <Button
        look="quiet"
        size="small"
        refusal={isNow ? "The span ends now." : null}
        onClick={() => isNow || frame.home()}
      >
        Now
      </Button>
    </fieldset>
  );
}
