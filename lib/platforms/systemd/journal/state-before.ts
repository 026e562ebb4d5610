import type { JournalEntry } from "../unit-facts";
import { readWord } from "./journal-word";

/**
 * What a unit must have been before the first of these entries, where nothing else says it: what is
 * started was down, what is stopped was up. Null where the entries leave it open.
 */
export function stateBefore(entries: readonly JournalEntry[]): string | null {
  for (const entry of entries) {
    const word = readWord(entry);
    switch (word.tag) {
      case "starting":
      case "started":
      case "skipped":
        return "Stopped";
      case "stopping":
      case "success":
        return "Running";
      case "stopped":
        return word.restart ? null : "Stopping";
      // A start that failed leaves a failed unit; one that never began leaves it as it was.
      case "start-failed":
        return word.result === "failed" ? null : "Stopped";
      case "restart-scheduled":
      case "failure":
        return null;
      case "clue":
      case "other":
    }
  }
  return null;
}
