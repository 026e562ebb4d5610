"use client";

import { useOpenAlerts } from "../live/use-fleet";
import { cx } from "../ui/cx";
import { firingAlerts } from "./alert-order";

/** How many alerts fire, beside the word that leads to them; nothing where none does. */
export function FiringCount() {
  const firing = firingAlerts(useOpenAlerts());
  const [worst] = firing;
  if (worst === undefined) return null;
  return (
    <span
      className={cx(
        "ml-1.5 inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-full px-1.5 text-2xs font-semibold text-surface",
        worst.severity === "critical"
          ? "bg-error"
          : worst.severity === "warning"
            ? "bg-warning"
            : "bg-accent",
      )}
    >
      {firing.length}
      <span className="sr-only"> firing</span>
    </span>
  );
}
