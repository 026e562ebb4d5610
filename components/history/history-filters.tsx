"use client";

import { useState } from "react";
import { causeKinds } from "@/lib/machine/observation";
import { causeWords } from "../cause/cause-words";
import { Lamp } from "../lamp/lamp";
import { compareStates } from "../lamp/state-lamps";
import { useHosts } from "../live/use-fleet";
import { FilterBar } from "../ui/filter-bar";
import { FilterMenu } from "../ui/filter-menu";
import { Icon } from "../ui/icons";
import { SearchField } from "../ui/search-field";
import { allOfHistory, type HistoryFilter, isFiltered } from "./fleet-history-filter";
import { SpanField } from "./span-field";

/** What can be chosen from beside what this browser knows itself. */
export interface HistoryChoices {
  readonly states: readonly string[];
  readonly kinds: readonly string[];
  readonly actors: readonly string[];
}

interface HistoryFiltersProps {
  readonly filter: HistoryFilter;
  readonly onChange: (change: Partial<HistoryFilter>) => void;
  readonly choices: HistoryChoices;
}

const plain = (value: string) => ({ value, word: value });

const causes = causeKinds.map((kind) => ({
  value: kind,
  word: causeWords[kind].word,
  mark: <Icon name={causeWords[kind].icon} size={13} className="text-ink-3" />,
}));

/** Every filter of the history, in one line where there is room. */
export function HistoryFilters({ filter, onChange, choices }: HistoryFiltersProps) {
  const [custom, setCustom] = useState(false);
  const hosts = useHosts().map(({ id }) => plain(id));
  const states = [...choices.states]
    .sort(compareStates)
    .map((state) => ({ value: state, word: state, mark: <Lamp state={state} size={13} /> }));

  function clear(): void {
    setCustom(false);
    onChange(allOfHistory);
  }

  return (
    <FilterBar onClear={isFiltered(filter) ? clear : null}>
      <SearchField
        label="Search services"
        placeholder="Service"
        value={filter.query}
        onChange={(query) => onChange({ query })}
      />
      <FilterMenu
        word="State"
        options={states}
        chosen={filter.states}
        onChange={(next) => onChange({ states: next })}
      />
      <FilterMenu
        word="Cause"
        options={causes}
        chosen={filter.causes}
        onChange={(next) => onChange({ causes: next })}
      />
      <FilterMenu
        word="Actor"
        options={choices.actors.map(plain)}
        chosen={filter.actors}
        onChange={(next) => onChange({ actors: next })}
      />
      <FilterMenu
        word="Host"
        options={hosts}
        chosen={filter.hosts}
        onChange={(next) => onChange({ hosts: next })}
      />
      <FilterMenu
        word="Kind"
        options={choices.kinds.map(plain)}
        chosen={filter.kinds}
        onChange={(next) => onChange({ kinds: next })}
      />
      <SpanField
        span={filter.span}
        onChange={(span) => onChange({ span })}
        custom={custom}
        onCustom={setCustom}
      />
    </FilterBar>
  );
}
