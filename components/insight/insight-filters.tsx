"use client";

import { useMemo } from "react";
import type { Service } from "@/lib/wire/service";
import { useFleetIndex } from "../live/use-fleet";
import { FilterBar } from "../ui/filter-bar";
import { FilterMenu } from "../ui/filter-menu";
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
    <FilterBar onClear={leavesOut(filter) ? () => onChange(allServices) : null}>
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
    </FilterBar>
  );
}

function useValues(services: readonly Service[], of: (service: Service) => string | null) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` always is the same question.
  return useMemo(() => valuesIn(services, of).map((value) => ({ value, word: value })), [services]);
}
