import { readdirSync, readFileSync } from "node:fs";
import type { Observation } from "../../../../machine/observation";
import { parseEntry } from "../parse-entry";
import { recover } from "../recover";
import { UnitJournals } from "../unit-journals";

const folder = new URL("../../fixtures/captures/", import.meta.url);

/** The units of the fixtures, as the capture's journal has them. */
export function journalsOf(capture: string): UnitJournals {
  const journals = new UnitJournals((unit) => unit.startsWith("sb-"));
  for (const line of readFileSync(new URL(`${capture}.journal.jsonl`, folder), "utf8").split("\n")) {
    const entry = parseEntry(line);
    if (entry !== null) journals.add(entry);
  }
  return journals;
}

/** What the journal alone tells of a unit. */
export function recovered(journals: UnitJournals, unit: string): Observation[] {
  return recover(journals.entriesOf(unit), {
    state: null,
    settleUs: 1_000_000,
    untilUs: journals.until ?? 0,
    observedAt: 0,
    application: false,
    boots: journals.boots,
  });
}

/** The captures of which there is a journal, by name. */
export const captureNames = readdirSync(folder)
  .filter((name) => name.endsWith(".journal.jsonl"))
  .map((name) => name.replace(".journal.jsonl", ""));
