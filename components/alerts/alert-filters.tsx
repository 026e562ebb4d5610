"use client";

import { useMemo } from "react";
import type { Alert } from "@/lib/wire/alert";
import { useFleetIndex, useHosts } from "../live/use-fleet";
import { FilterBar } from "../ui/filter-bar";
import { FilterMenu } from "../ui/filter-menu";
import { type AlertFilter, alertStatuses, allAlerts, isFiltered } from "./alert-filter";
import { severities } from "./alert-order";
import { severityInks, severityWords, statusWords } from "./alert-words";
import { SeverityShape } from "./severity-mark";
import { useRules } from "./use-rules";

interface AlertFiltersProps {
  readonly filter: AlertFilter;
  readonly onChange: (change: Partial<AlertFilter>) => void;
  /** Whatever is loaded: services are chosen among those that had an alert, not among ten thousand. */
  readonly alerts: readonly Alert[];
}

const statuses = alertStatuses.map((status) => ({ value: status, word: statusWords[status] }));
const severityOptions = severities.map((severity) => ({
  value: severity,
  word: severityWords[severity],
  mark: (
    <span className={severityInks[severity]}>
      <SeverityShape severity={severity} size={13} />
    </span>
  ),
}));

const plain = (value: string) => ({ value, word: value });

/** Every filter of the alerts, in one line where there is room. */
export function AlertFilters({ filter, onChange, alerts }: AlertFiltersProps) {
  const { rules } = useRules();
  const hosts = useHosts().map(({ id }) => plain(id));
  const fleet = useFleetIndex(false);
  const groups = useMemo(() => namesOf(fleet.map(({ group }) => group)), [fleet]);
  const services = useMemo(() => namesOf(alerts.map(({ service }) => service)), [alerts]);
  const ruleOptions = useMemo(
    () =>
      rules?.map(({ id, title }) => ({ value: id, word: title })) ??
      namesOf(alerts.map(({ rule }) => rule)).map(plain),
    [rules, alerts],
  );

  return (
    <FilterBar onClear={isFiltered(filter) ? () => onChange(allAlerts) : null}>
      <FilterMenu
        word="Status"
        options={statuses}
        chosen={filter.statuses}
        onChange={(next) => onChange({ statuses: alertStatuses.filter((each) => next.includes(each)) })}
      />
      <FilterMenu
        word="Severity"
        options={severityOptions}
        chosen={filter.severities}
        onChange={(next) => onChange({ severities: severities.filter((each) => next.includes(each)) })}
      />
      <FilterMenu
        word="Rule"
        options={ruleOptions}
        chosen={filter.rules}
        onChange={(next) => onChange({ rules: next })}
      />
      <FilterMenu
        word="Host"
        options={hosts}
        chosen={filter.hosts}
        onChange={(next) => onChange({ hosts: next })}
      />
      <FilterMenu
        word="Group"
        options={groups.map(plain)}
        chosen={filter.groups}
        onChange={(next) => onChange({ groups: next })}
      />
      <FilterMenu
        word="Service"
        options={services.map(plain)}
        chosen={filter.services}
        onChange={(next) => onChange({ services: next })}
      />
    </FilterBar>
  );
}

function namesOf(names: readonly (string | null)[]): readonly string[] {
  return [...new Set(names)].filter((name) => name !== null).sort((left, right) => left.localeCompare(right));
}
