import { advance } from "../../../../machine/advance";
import { service } from "../../../../machine/kinds/service";
import type { Move, Observation } from "../../../../machine/observation";
import { parseEntry } from "../parse-entry";
import { type RecoveryWish, recover } from "../recover";
import { UnitJournals } from "../unit-journals";

export const unit = "a.service";
export const bootA = "a".repeat(32);
export const bootB = "b".repeat(32);
export const invocations = ["1", "2", "3"].map((digit) => digit.repeat(32));

export type Fields = Readonly<Record<string, string>>;

/** Entries of the service manager, a second apart unless `AT` says when. */
export function journalOf(...entries: readonly Fields[]): UnitJournals {
  const journals = new UnitJournals(() => true);
  for (const [index, { AT, ...fields }] of entries.entries()) {
    const at = AT ?? String((index + 1) * 1_000_000);
    const stamp = { __CURSOR: `i=${index}`, __REALTIME_TIMESTAMP: at, _BOOT_ID: bootA, _PID: "1" };
    const entry = parseEntry(JSON.stringify({ ...stamp, UNIT: unit, MESSAGE: "", ...fields }));
    if (entry) journals.add(entry);
  }
  return journals;
}

/** What they tell of the unit; as if the journal ended with the last of them. */
export function observed(journals: UnitJournals, wish: Partial<RecoveryWish> = {}): Observation[] {
  return recover(journals.entriesOf(unit), {
    state: null,
    settleUs: 1_000_000,
    untilUs: journals.until ?? 0,
    observedAt: 0,
    application: false,
    boots: journals.boots,
    ...wish,
  });
}

/** The rows of history that come of it. */
export function moves(
  observations: readonly Observation[],
  state: string | null = null,
  machine = service,
): Move[] {
  const made: Move[] = [];
  for (const seen of observations) {
    const last = made.at(-1);
    made.push(...advance(machine, { state: last?.to ?? state, seq: last?.seq ?? 0 }, seen));
  }
  return made;
}
