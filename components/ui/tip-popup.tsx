"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import { useEffect, useState } from "react";
import { tipAttribute, tipPopupAttribute } from "./follow-tips";

export interface TipPopupProps {
  /** What it belongs to; while it closes, what it belonged to. */
  readonly anchor: HTMLElement;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The words of `anchor`, as long as it has any, placed beside it. */
export function TipPopup({ anchor, open, onClose }: TipPopupProps) {
  const text = useTipOf(anchor, onClose);
  return (
    <Tooltip.Root
      open={open && text !== null}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <Tooltip.Portal>
        <Tooltip.Positioner anchor={anchor} sideOffset={6} className="z-50">
          <Tooltip.Popup
            {...{ [tipPopupAttribute]: "" }}
            className="max-w-80 whitespace-pre-line rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs text-ink shadow-raised transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
          >
            {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** A service moves while one points at its button: the words follow, and end with the button. */
function useTipOf(anchor: HTMLElement, onGone: () => void): string | null {
  const [text, setText] = useState(() => anchor.getAttribute(tipAttribute));
  useEffect(() => {
    const read = () => setText(anchor.getAttribute(tipAttribute));
    read();
    const words = new MutationObserver(read);
    words.observe(anchor, { attributeFilter: [tipAttribute] });
    // What leaves the page has no size any more.
    const place = new ResizeObserver(() => anchor.isConnected || onGone());
    place.observe(anchor);
    return () => {
      words.disconnect();
      place.disconnect();
    };
  }, [anchor, onGone]);
  return text;
}
