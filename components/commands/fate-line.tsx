"use client";

import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import type { Fate, FateTone } from "./command-fate";
import "./commands.css";
import { eventWord } from "./event-words";

const inks: Readonly<Record<FateTone, string>> = {
  busy: "text-busy",
  good: "text-good",
  bad: "text-error",
  unclear: "text-warning",
};

/** What became of the last command, in one line: beside the lever that was pulled. */
export function FateLine({
  fate,
  onDismiss,
  className,
}: {
  fate: Fate;
  onDismiss?: () => void;
  className?: string;
}) {
  return (
    <span className={cx("inline-flex min-w-0 items-center gap-1.5 text-xs", inks[fate.tone], className)}>
      <FateMark tone={fate.tone} />
      <span className="min-w-0 truncate" title={fate.line}>
        {fate.command === null && fate.tone === "bad" ? null : (
          <span className="font-medium">{eventWord[fate.event]}: </span>
        )}
        {fate.line}
      </span>
      {onDismiss !== undefined && fate.command === null && fate.tone === "bad" && (
        <button
          type="button"
          onClick={onDismiss}
          className="grid size-6 place-items-center rounded hover:bg-hover"
        >
          <Icon name="cross" size={11} />
          <span className="sr-only">Dismiss</span>
        </button>
      )}
    </span>
  );
}

export function FateMark({ tone }: { tone: FateTone }) {
  switch (tone) {
    case "busy":
      return <span aria-hidden="true" className="busy-mark" />;
    case "good":
      return <Icon name="tick" size={12} />;
    case "bad":
      return <Icon name="cross" size={12} />;
    case "unclear":
      return <Icon name="question" size={12} />;
  }
}
