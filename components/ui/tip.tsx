"use client";

import { Tooltip } from "@base-ui/react/tooltip";
import type { ComponentProps, ReactElement } from "react";

/** All tips of the page share one popup: thousands of triggers cost next to nothing. */
const handle = Tooltip.createHandle<string | undefined>();

/** Stands once, in the shell. */
export function TipLayer() {
  return (
    <Tooltip.Root handle={handle}>
      {({ payload }) => (
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6} className="z-50">
            <Tooltip.Popup className="max-w-80 whitespace-pre-line rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs text-ink shadow-raised transition-opacity duration-100 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
              {payload}
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}

interface TipProps extends Omit<ComponentProps<typeof Tooltip.Trigger>, "handle" | "payload" | "render"> {
  /** Nothing is shown where there is none. */
  readonly text: string | undefined;
  readonly trigger: ReactElement;
}

/**
 * Shows `text` when `trigger` is pointed at or focused. For eyes only: what assistive technology
 * must know is said by the trigger itself.
 */
export function Tip({ text, trigger, ...rest }: TipProps) {
  return (
    <Tooltip.Trigger
      handle={handle}
      payload={text}
      disabled={text === undefined}
      render={trigger}
      delay={350}
      {...rest}
    />
  );
}
