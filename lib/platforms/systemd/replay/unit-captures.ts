import { readProperties } from "../read-properties";
import type { Seen, UnitFact } from "../unit-facts";
import { beginning } from "./beginning";
import type { BusRecord } from "./bus-record";
import { tellJobTypes } from "./read-ahead";

/** What a capture holds of one unit, ready to be interpreted. */
export interface UnitCapture {
  readonly unit: string;
  readonly facts: readonly UnitFact[];
  /** How far the capture reaches; what would have come later is not known. */
  readonly until: Seen;
}

/** Jobs that were made within this time belong together, in µs. */
const oneBreathUs = 50_000;

/** The services of a capture, each with its facts in order, beginning with what it was when the capture began. */
export function unitCaptures(records: readonly BusRecord[]): UnitCapture[] {
  const first = records[0];
  const last = records.at(-1);
  if (first === undefined || last === undefined) return [];
  const unitOfJob = new Map(
    records.flatMap((record) => (record.tag === "job-new" ? [[record.job, record.unit] as const] : [])),
  );
  const facts = new Map<string, UnitFact[]>();
  for (const record of records) {
    const told = factOf(record, records, unitOfJob);
    if (told === null || !told.unit.endsWith(".service")) continue;
    const { unit, fact } = told;
    facts.set(unit, [...(facts.get(unit) ?? []), fact]);
  }
  return [...facts].map(([unit, told]) => ({
    unit,
    facts: [...beginning(told, first.seen), ...tellJobTypes(told)],
    until: last.seen,
  }));
}

function factOf(
  record: BusRecord,
  records: readonly BusRecord[],
  unitOfJob: ReadonlyMap<number, string>,
): { readonly unit: string; readonly fact: UnitFact } | null {
  const { seen } = record;
  switch (record.tag) {
    case "unit": {
      const properties = readProperties(record.properties);
      return { unit: record.unit, fact: { seen, tag: "properties", whole: false, properties } };
    }
    case "job-new": {
      const together = companyOf(record, records);
      return { unit: record.unit, fact: { seen, tag: "job-new", job: record.job, together } };
    }
    case "job-removed":
      return {
        unit: record.unit,
        fact: { seen, tag: "job-removed", job: record.job, result: record.result },
      };
    case "job": {
      const unit = unitOfJob.get(record.job);
      const [jobType, jobState] = [record.properties.get("JobType"), record.properties.get("State")];
      const type = typeof jobType === "string" ? { type: jobType } : {};
      const state = typeof jobState === "string" ? { state: jobState } : {};
      return unit === undefined
        ? null
        : { unit, fact: { seen, tag: "job", job: record.job, ...type, ...state } };
    }
    case "other":
      return null;
  }
}

function companyOf(job: BusRecord & { readonly tag: "job-new" }, records: readonly BusRecord[]): string[] {
  return records.flatMap((record) =>
    record.tag === "job-new" &&
    record.unit !== job.unit &&
    Math.abs(record.seen.monotonic - job.seen.monotonic) <= oneBreathUs
      ? [record.unit]
      : [],
  );
}
