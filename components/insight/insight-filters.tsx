"use client";

import { useMemo } from "react";
import type { Service } from "@/lib/wire/service";
import { useFleetIndex } from "../live/use-fleet";
import { Button } from "../ui/button";
import { FilterMenu } from "../ui/filter-menu";
import { Icon } from "../ui/icons";
import { valuesIn } from "./in-list-order";
import { allServices, type InsightFilter, leavesOut } from "./insight-filter";

interface InsightFiltersProps {
  readonly filter: InsightFilter;
  readonly onChange: (change: Partial<InsightFilter>) => void;
}

/** Of which services: by group, host and kind. */
export function InsightFilters({ filter, onChange }: InsightFiltersProps) {
  const services = useFleetIndex(false);
  const groups = useValues(services, ({ group }) => group);
  const hosts = useValues(services, ({ host }) => host);
  const kinds = useValues(services, ({ kind }) => kind);
  return (
    <fieldset aria-label="Filters" className="flex flex-wrap items-center gap-2">
      <FilterMenu
        word="Group"
        options={groups}
        chosen={filter.groups}
        onChange={(next) => onChange({ groups: next })}
      />
      <FilterMenu
        word="Host"
        options={hosts}
        chosen={filter.hosts}
        onChange={(next) => onChange({ hosts: next })}
      />
      <FilterMenu
        word="Kind"
        options={kinds}
        chosen={filter.kinds}
        onChange={(next) => onChange({ kinds: next })}
      />
      {leavesOut(filter) && (
        <Button look="quiet" onClick={() => onChange(allServices)}>
          <Icon name="cross" size={12} /> Clear
        </Button>
      )}
    </fieldset>
  );
}

function useValues(services: readonly Service[], of: (service: Service) => string | null) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` always is the same question.
  return useMemo(() => valuesIn(services, of).map((value) => ({ value, word: value })), [services]);
}
