import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Observation } from "../../../machine/observation";
import { readSignals } from "../replay/read-signals";
import { replayUnit } from "../replay/replay-unit";
import { captureNames, journalsOf, recovered } from "./testing/captures";

/**
 * A move that both the signals and the journal tell is written once, because both give it the same
 * key. Left out of the comparison is what only one of them can know: reset-failed has no entry, a
 * job that waits has none before it runs, and a start that made no invocation is named by its instant.
 */
function comparable(observations: readonly Observation[]): Observation[] {
  return observations.filter(
    ({ sourceKey, event }) => /^[0-9a-f]{32}\/[A-Z]/.test(sourceKey) && event !== "reset",
  );
}

const keysOf = (observations: readonly Observation[]) => observations.map(({ sourceKey }) => sourceKey);

describe.each(captureNames)("%s", (capture) => {
  const journals = journalsOf(capture);
  const text = readFileSync(
    new URL(`../fixtures/captures/${capture}.signals.jsonl`, import.meta.url),
    "utf8",
  );
  const pairs = readSignals(text).map((signals) => ({
    unit: signals.unit,
    live: comparable([...replayUnit(signals, 1_000)].flatMap(({ observations }) => observations)),
    journal: comparable(recovered(journals, signals.unit)),
  }));

  test("signals and journal name the same moves by the same keys", () => {
    for (const { unit, live, journal } of pairs) {
      // Their starts were seen as jobs that wait (43, 45), which have no invocation yet.
      const startsOf = (keys: string[]) =>
        keys.filter((key) => !queued.has(unit) || !key.endsWith("/Starting"));
      expect({ unit, keys: startsOf(keysOf(journal)) }).toEqual({ unit, keys: startsOf(keysOf(live)) });
    }
  });

  test("they agree on when it was, within three milliseconds", () => {
    for (const { live, journal } of pairs) {
      for (const move of journal) {
        const twin = live.find(({ sourceKey }) => sourceKey === move.sourceKey);
        if (twin) expect(Math.abs(move.at - twin.at)).toBeLessThan(3_000);
      }
    }
  });

  test("they agree on who did it, but for what only the journal has: a signal that was sent by hand", () => {
    for (const { live, journal } of pairs) {
      for (const { sourceKey, cause, state } of journal) {
        const twin = live.find((move) => move.sourceKey === sourceKey);
        const byHand = state === "Error" && cause.kind === "host-operator";
        const unsaid = twin?.cause.kind === "unknown";
        if (twin && !byHand && !unsaid)
          expect({ sourceKey, kind: cause.kind }).toEqual({ sourceKey, kind: twin.cause.kind });
      }
    }
  });
});

const queued: ReadonlySet<string> = new Set(["sb-waiting.service", "sb-crash-restart.service"]);
