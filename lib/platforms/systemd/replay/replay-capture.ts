import type { Observation } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import { parseEntry } from "../journal/parse-entry";
import { recover } from "../journal/recover";
import { stateBefore } from "../journal/state-before";
import { UnitJournals } from "../journal/unit-journals";
import type { JournalEntry } from "../unit-facts";
import { jsonLines } from "./bus-record";
import { readBusctl } from "./read-busctl";
import { readSignals } from "./read-signals";
import { replayUnit } from "./replay-unit";
import type { UnitCapture } from "./unit-captures";

/** What `npm run replay` is given of systemd: see `CaptureFormat` for where each comes from. */
export const captureFormats = ["journal", "busctl", "signals"] as const;
export type CaptureFormat = (typeof captureFormats)[number];

export interface ReplayWish {
  /** Whether this unit is wanted at all. */
  readonly isWanted: (unit: string) => boolean;
  readonly settleMs: number;
  /** The state that the unit is in when the capture begins; `undefined` where that is not known. */
  readonly stateOf: (unit: string) => string | undefined;
  /** See `RecoveryWish`: the states between Starting and the end are the application's. */
  readonly application: boolean;
}

/** What a capture tells of one unit, oldest first, from the state that it begins in. */
export interface UnitReplay {
  readonly unit: string;
  readonly state: string | null;
  readonly observations: readonly Observation[];
}

/**
 * Which of systemd's captures a text is, by its first line that is not a `mark`: `journalctl -o json`,
 * `busctl monitor --json=short`, or the `.signals.jsonl` form. Null for anything else.
 */
export function formatOf(text: string): CaptureFormat | null {
  try {
    for (const line of jsonLines(text)) {
      if ("mark" in line) continue;
      if ("__CURSOR" in line && "__REALTIME_TIMESTAMP" in line) return "journal";
      if ("type" in line && "timestamp-realtime" in line) return "busctl";
      return typeof line.t === "number" && typeof line.mono === "number" ? "signals" : null;
    }
  } catch {
    // Not JSON: none of them.
  }
  return null;
}

/** What the capture tells of each of its services; the interpretation is that of the live watch. */
export function replayCapture(text: string, format: CaptureFormat, wish: ReplayWish): UnitReplay[] {
  switch (format) {
    case "journal":
      return replayJournal(text, wish);
    case "busctl":
      return replaySignals(readBusctl(text), wish);
    case "signals":
      return replaySignals(readSignals(text), wish);
  }
}

/** When a capture begins; null where it holds nothing. */
export function beginningOf(text: string, format: CaptureFormat): Micros | null {
  switch (format) {
    case "journal":
      return entriesOf(text)[0]?.at ?? null;
    case "busctl":
      return readBusctl(text)[0]?.facts[0]?.seen.at ?? null;
    case "signals":
      return readSignals(text)[0]?.facts[0]?.seen.at ?? null;
  }
}

/** A line that a service wrote into the journal itself. */
export interface OwnLine {
  readonly unit: string;
  readonly at: Micros;
  readonly text: string;
}

/** The services' own lines in a capture of the journal, as they were written. */
export function ownLinesOf(text: string): OwnLine[] {
  return entriesOf(text).flatMap(({ at, pid, message, fields }) => {
    const unit = fields._SYSTEMD_UNIT ?? "";
    return pid !== 1 && unit.endsWith(".service") ? [{ unit, at, text: message }] : [];
  });
}

function entriesOf(text: string): JournalEntry[] {
  return text.split("\n").flatMap((line) => parseEntry(line) ?? []);
}

function replaySignals(captures: readonly UnitCapture[], wish: ReplayWish): UnitReplay[] {
  const wanted = captures.filter(({ unit }) => wish.isWanted(unit));
  return wanted.map((capture) => {
    const { unit } = capture;
    const given = wish.stateOf(unit);
    const facts = capture.facts.map((fact) =>
      fact.tag === "opened" && given !== undefined ? { ...fact, state: given } : fact,
    );
    const opened = facts.find((fact) => fact.tag === "opened");
    const told = [...replayUnit({ ...capture, facts }, wish.settleMs)];
    const observations = told.flatMap((each) => each.observations);
    return {
      unit,
      state: opened?.state ?? null,
      observations: wish.application ? observations.filter(({ state }) => state !== "Running") : observations,
    };
  });
}

function replayJournal(text: string, wish: ReplayWish): UnitReplay[] {
  const journals = new UnitJournals((unit) => unit.endsWith(".service") && wish.isWanted(unit));
  for (const entry of entriesOf(text)) journals.add(entry);
  const untilUs = journals.until ?? 0;
  return journals.units.map((unit) => {
    const entries = journals.entriesOf(unit);
    const before = stateBefore(entries);
    const state = wish.stateOf(unit) ?? (wish.application && before === "Running" ? null : before);
    const { application, settleMs } = wish;
    const settleUs = settleMs * 1000;
    const { boots } = journals;
    const observations = recover(entries, {
      state,
      settleUs,
      untilUs,
      observedAt: untilUs,
      application,
      boots,
    });
    return { unit, state, observations };
  });
}
