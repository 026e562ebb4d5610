"use client";

import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./cx";

const looks = {
  primary: "border-transparent bg-primary text-on-primary hover:opacity-90",
  plain: "border-line-strong bg-surface text-ink hover:border-ink-3 hover:bg-hover",
  quiet: "border-transparent text-ink-2 hover:bg-hover hover:text-ink",
} as const;

/** A refused button keeps its place and its words, and looks like nothing to press. */
const refusedLooks = {
  primary: "border-dashed border-line-strong",
  plain: "border-dashed border-line-strong",
  quiet: "border-transparent",
} as const;

const sizes = {
  small: "h-7 gap-1.5 px-2 text-xs",
  medium: "h-8 gap-2 px-3 text-sm",
  large: "h-11 gap-2 px-4 text-base sm:h-9 sm:text-sm",
  square: "size-7 justify-center",
} as const;

export interface ButtonProps extends Omit<ComponentProps<"button">, "disabled"> {
  readonly look?: keyof typeof looks;
  readonly size?: keyof typeof sizes;
  /**
   * Why the button does nothing now. It stays focusable and can be pressed (to have the reason said),
   * and the reason is its accessible description.
   */
  readonly refusal?: string | null;
  /** Shown when pointed at or focused; the refusal takes its place. */
  readonly tip?: string;
  /** In a row of many, the reason is an attribute instead of an element: it is no text of the row. */
  readonly inRow?: boolean;
  readonly children?: ReactNode;
}

export function Button({
  look = "plain",
  size = "medium",
  refusal = null,
  tip,
  inRow = false,
  className,
  children,
  ...rest
}: ButtonProps) {
  const describedBy = useId();
  const refused = refusal !== null;
  // The same elements whether refused or not: a lever that is refused while it has the focus keeps it.
  return (
    <>
      <button
        type="button"
        data-tip={refusal ?? tip}
        className={cx(
          "inline-flex shrink-0 select-none items-center rounded-md border font-medium transition-colors duration-100",
          sizes[size],
          refused ? cx("cursor-not-allowed bg-transparent text-ink-3", refusedLooks[look]) : looks[look],
          className,
        )}
        aria-disabled={refused || undefined}
        aria-describedby={refused && !inRow ? describedBy : undefined}
        aria-description={refused && inRow ? refusal : undefined}
        {...rest}
      >
        {children}
      </button>
      {refused && !inRow && (
        <span id={describedBy} hidden>
          {refusal}
        </span>
      )}
    </>
  );
}
