import type { Observation } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import type { JournalEntry, UnitProperties } from "../unit-facts";
import type { Boot } from "./boots";
import type { JournalWord } from "./journal-word";
import { onFailure, onStopped, onStopping, onSuccess } from "./recover-end";
import { onNoStart, onRestartScheduled, onStarted, onStartFailed, onStarting } from "./recover-start";
import { Walk } from "./walk";

/** How to read one unit's part of the journal. */
export interface RecoveryWish {
  /** The state that history holds at the first entry; null where there is none. */
  readonly state: string | null;
  /** The keys of the newest moves that history holds; see `moveKey`. */
  readonly known?: ReadonlySet<string>;
  /** How long a service that says nothing of being ready has to hold before it counts as running. */
  readonly settleUs: Micros;
  /** Until when the journal was read. What is not settled by then is left to whoever goes on from there. */
  readonly untilUs: Micros;
  /** When it was read, by our own clock. */
  readonly observedAt: Micros;
  /**
   * True for kinds whose states between Starting and the end are the application's own (besu,
   * cloudflared): of these the journal knows nothing, so Running is not recovered (DOMAIN §6).
   */
  readonly application: boolean;
  /** What is known of the unit otherwise; the journal tells neither. */
  readonly unit?: Pick<UnitProperties, "type" | "triggeredBy">;
  /** The lives of the host that the same journal shows; see `BootLog`. */
  readonly boots: readonly Boot[];
}

/**
 * What the journal recovers of one unit's history, oldest first: its transitions with the
 * journal's own instants, causes and evidence, under the keys that the live watch gives them too.
 *
 * `entries` are the unit's own in the order of the journal, and begin where history ends; a move
 * that history holds already has a key that it holds already. Pure, and total over any entries.
 * What leaves no trace (reset-failed, a host that lost power; DOMAIN §1.4) is not invented: the
 * next thing seen then stands as a move that nobody saw come about (`event: null`).
 */
export function recover(entries: readonly JournalEntry[], wish: RecoveryWish): Observation[] {
  const walk = new Walk(entries, wish);
  for (const [entry, word] of walk.steps()) read(walk, entry, word);
  return walk.told;
}

function read(walk: Walk, entry: JournalEntry, word: JournalWord): void {
  switch (word.tag) {
    case "starting":
      onStarting(walk, entry);
      break;
    case "started":
      onStarted(walk, entry, word.finished);
      break;
    case "skipped":
      onNoStart(walk, entry, word.why);
      break;
    case "start-failed":
      onStartFailed(walk, entry, word.result);
      break;
    case "stopping":
      onStopping(walk, entry);
      break;
    case "stopped":
      onStopped(walk, entry, word.restart);
      break;
    case "restart-scheduled":
      onRestartScheduled(walk, entry, word.attempt);
      break;
    case "failure":
      onFailure(walk, entry, word.result);
      break;
    case "success":
      onSuccess(walk, entry);
      break;
    case "clue":
      walk.keepClue({ clue: word.clue, entry });
      break;
    case "other":
      break;
  }
}
