import type { ReactNode } from "react";
import { Button } from "./button";
import { Icon } from "./icons";

interface FilterBarProps {
  readonly children: ReactNode;
  /** Shows everything again; null where nothing is left out. */
  readonly onClear: (() => void) | null;
}

/** The filters of a page, side by side, with the way back to all of it. */
export function FilterBar({ children, onClear }: FilterBarProps) {
  return (
    <fieldset aria-label="Filters" className="flex flex-wrap items-center gap-2">
      {children}
      {onClear !== null && (
        <Button look="quiet" onClick={onClear}>
          <Icon name="cross" size={12} /> Clear
        </Button>
      )}
    </fieldset>
  );
}
