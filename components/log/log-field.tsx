import type { ComponentProps } from "react";
import { cx } from "../ui/cx";
import { ScrollField } from "../ui/scroll-field";

interface LogFieldProps extends ComponentProps<"div"> {
  readonly label: string;
  /** As high as it may get, whatever is in it: what stands around it does not move when lines come. */
  readonly full?: boolean;
}

/** Where lines stand: a log by its role, and no live region, for it may never rest. */
export function LogField({ label, full = false, ...rest }: LogFieldProps) {
  return (
    <ScrollField
      role="log"
      aria-label={label}
      aria-live="off"
      className={cx(
        "rounded-b-lg bg-sunken py-2 font-mono text-xs leading-5",
        full ? "h-96" : "max-h-96 min-h-40",
      )}
      {...rest}
    />
  );
}
