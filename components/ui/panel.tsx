import type { ReactNode } from "react";
import { cx } from "./cx";

interface PanelProps {
  /** The accessible name of the region and, unless there is a `heading`, its visible title. */
  readonly name: string;
  readonly heading?: ReactNode;
  /** Stands at the right of the heading. */
  readonly tools?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A named part of a page. */
export function Panel({ name, heading, tools, className, children }: PanelProps) {
  return (
    <section aria-label={name} className={cx("min-w-0 rounded-lg border border-line bg-surface", className)}>
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2">
        <h2 className="mr-auto text-sm font-semibold text-ink">{heading ?? name}</h2>
        {tools}
      </header>
      {children}
    </section>
  );
}
