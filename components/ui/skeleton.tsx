import { cx } from "./cx";

/** Holds the place of what is still coming, at its size. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("rounded motion-safe:animate-pulse bg-hover", className)} />;
}
