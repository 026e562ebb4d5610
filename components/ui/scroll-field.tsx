import type { ComponentProps } from "react";
import { cx } from "./cx";

/** A part of the page that scrolls by itself: it can be reached and scrolled by keyboard. */
export function ScrollField({ className, ...rest }: ComponentProps<"div">) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without the focus, only a pointer could scroll it.
  return <div tabIndex={0} className={cx("relative overflow-auto", className)} {...rest} />;
}
