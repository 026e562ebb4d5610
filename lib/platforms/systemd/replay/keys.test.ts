import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseEntry } from "../journal/parse-entry";
import { recover } from "../journal/recover";
import { UnitJournals } from "../journal/unit-journals";
import { readSignals } from "./read-signals";
import { replayUnit } from "./replay-unit";

const folder = new URL("../fixtures/captures/", import.meta.url);
const captures = readdirSync(folder)
  .filter((name) => name.endsWith(".signals.jsonl"))
  .map((name) => name.replace(".signals.jsonl", ""));
const read = (name: string) => readFileSync(new URL(name, folder), "utf8");

/** Only moves of a life have a key that both can make; a queued or refused start belongs to none. */
const ofLives = (keys: readonly string[]) => keys.filter((key) => /^[0-9a-f]{32}\/[A-Z]/.test(key));

/** What the two sources know of the same unit and cannot tell alike. */
const onlyBySignals: Readonly<Record<string, readonly string[]>> = {
  // reset-failed leaves no trace in the journal.
  "18-failed-reset": ["Stopped"],
  "21-thrash-startlimit": ["Stopped"],
  "40-manual-restart-storm": ["Stopped"],
};

test.each(captures)("%s: a move has the same key from the journal and from the signals", (capture) => {
  const journals = new UnitJournals((unit) => unit.startsWith("sb-"));
  for (const line of read(`${capture}.journal.jsonl`).split("\n")) {
    const entry = parseEntry(line);
    if (entry !== null) journals.add(entry);
  }
  for (const unit of readSignals(read(`${capture}.signals.jsonl`))) {
    if (!unit.unit.startsWith("sb-")) continue;
    const [opened] = unit.facts;
    const signals = [...replayUnit(unit, 1000)].flatMap(({ observations }) => observations);
    const journal = recover(journals.entriesOf(unit.unit), {
      state: opened?.tag === "opened" ? opened.state : null,
      settleUs: 1_000_000,
      untilUs: unit.until.at,
      observedAt: 0,
      application: false,
      boots: journals.boots,
    });
    const unknown = onlyBySignals[capture] ?? [];
    const queued = signals
      .filter(({ sourceKey }) => sourceKey.startsWith("capture/"))
      .map(({ state }) => state);
    const told = ofLives(signals.map(({ sourceKey }) => sourceKey)).filter(
      (key) => !unknown.some((state) => key.endsWith(`/${state}`)),
    );
    const recovered = ofLives(journal.map(({ sourceKey }) => sourceKey)).filter(
      (key) => !queued.some((state) => key.endsWith(`/${state}`)),
    );
    expect(recovered).toEqual(told);
  }
});
