"use client";

import { type RefObject, useEffect } from "react";
import { cx } from "../ui/cx";
import { Icon } from "../ui/icons";
import { Kbd } from "../ui/kbd";
import { type FleetFilter, type Grouping, groupings } from "./fleet-filter";

interface FleetToolbarProps {
  readonly filter: FleetFilter;
  readonly onChange: (change: Partial<FleetFilter>) => void;
  readonly search: RefObject<HTMLInputElement | null>;
}

const groupingWords: Readonly<Record<Grouping, string>> = { group: "Group", host: "Host", kind: "Kind" };

/** Search, grouping and view. `/` goes to the search from anywhere on the page. */
export function FleetToolbar({ filter, onChange, search }: FleetToolbarProps) {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      event.preventDefault();
      search.current?.focus();
    }
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [search]);

  return (
    <div className="flex grow flex-wrap items-center justify-end gap-2">
      <label className="relative flex min-w-44 grow items-center max-sm:basis-full sm:max-w-64">
        <Icon name="search" className="absolute left-2.5 text-ink-3" />
        <span className="sr-only">Search services</span>
        <input
          ref={search}
          type="search"
          value={filter.query}
          onChange={(event) => onChange({ query: event.target.value })}
          placeholder="Search"
          className="h-8 w-full rounded-md border border-line-strong bg-surface pr-8 pl-8 text-sm placeholder:text-ink-3"
        />
        <span className="pointer-events-none absolute right-1.5 max-sm:hidden" aria-hidden="true">
          <Kbd>/</Kbd>
        </span>
      </label>
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

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null
  );
}
