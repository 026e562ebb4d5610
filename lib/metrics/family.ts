import { catalogue, type MetricName } from "./catalogue";

export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
  /** Where it is not the metric's own: `…_bucket`, `…_sum`, `…_count`. */
  readonly metricName?: string | undefined;
}

/** A metric with all its samples. */
export interface Family {
  readonly name: MetricName;
  readonly help: string;
  readonly type: (typeof catalogue)[MetricName]["type"];
  readonly values: readonly Sample[];
}

export function familyOf(name: MetricName, values: readonly Sample[]): Family {
  const { help, type } = catalogue[name];
  return { name, help, type, values };
}

/** One family for each name, in the order in which the names come first. */
export function joinFamilies(families: readonly Family[]): Family[] {
  const byName = new Map<MetricName, Family>();
  for (const each of families) {
    const known = byName.get(each.name);
    byName.set(each.name, known ? { ...known, values: [...known.values, ...each.values] } : each);
  }
  return [...byName.values()];
}
