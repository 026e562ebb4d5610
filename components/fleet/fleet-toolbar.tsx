"use client";

import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { SearchField } from "../ui/search-field";
import { type FleetFilter, type Grouping, groupings } from "./fleet-filter";

interface FleetToolbarProps {
  readonly filter: FleetFilter;
  readonly onChange: (change: Partial<FleetFilter>) => void;
}

const groupingWords: Readonly<Record<Grouping, string>> = { group: "Group", host: "Host", kind: "Kind" };

/** Search, grouping and view. */
export function FleetToolbar({ filter, onChange }: FleetToolbarProps) {
  return (
    <div className="flex grow flex-wrap items-center justify-end gap-2">
      <SearchField label="Search services" value={filter.query} onChange={(query) => onChange({ query })} />
      <label className="flex items-center gap-2 text-sm text-ink-2 max-sm:grow">
        <span className="max-sm:sr-only">by</span>
        <select
          aria-label="Group by"
          value={filter.by}
          onChange={(event) =>
            onChange({ by: groupings.find((each) => each === event.target.value) ?? "group" })
          }
          className="h-8 rounded-md border border-line-strong bg-surface px-2 text-sm text-ink"
        >
          {groupings.map((grouping) => (
            <option key={grouping} value={grouping}>
              {groupingWords[grouping]}
            </option>
          ))}
        </select>
      </label>
      <fieldset aria-label="View" className="flex rounded-md border border-line-strong bg-surface p-0.5">
        <ViewToggle
          icon="rows"
          word="Rows"
          pressed={filter.view === "rows"}
          onPress={() => onChange({ view: "rows" })}
        />
        <ViewToggle
          icon="lamps"
          word="Wall"
          pressed={filter.view === "wall"}
          onPress={() => onChange({ view: "wall" })}
        />
      </fieldset>
    </div>
  );
}

interface ViewToggleProps {
  readonly icon: "rows" | "lamps";
  readonly word: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function ViewToggle({ icon, word, pressed, onPress }: ViewToggleProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className={cx(
        "inline-flex h-6.5 items-center gap-1.5 rounded px-2 text-xs font-medium",
        pressed ? "bg-hover text-ink" : "text-ink-2 hover:text-ink",
      )}
    >
      <Icon name={icon} size={13} /> {word}
    </button>
  );
}
