import type { SilenceWords } from "@/db/write/batch";
import { type AlertSubject, expectationFor, nextTurn } from "../../insight/silences";
import type { SilenceRecord } from "../../wire/alert-view";
import type { Firing } from "./firing";

/** Silences that are over are still read for so long: whoever ended one is told with its end. */
export const readBackUs = 3_600_000_000;

/** The silences and maintenances that are known, and what they mean for an alert. */
export class SilenceBook {
  #all: readonly SilenceRecord[] = [];

  replace(all: readonly SilenceRecord[]): void {
    this.#all = all;
  }

  maintenanceOf(subject: AlertSubject, at: number): SilenceRecord | null {
    return expectationFor("maintenance", subject, this.#all, at);
  }

  silenceOf(subject: AlertSubject, at: number): SilenceRecord | null {
    return expectationFor("silence", subject, this.#all, at);
  }

  /** When something next begins or ends, by the wall clock. */
  nextTurn(at: number): number | null {
    return nextTurn(this.#all, at);
  }

  /** Who ended the silence of an alert, or that its time is over. */
  endOf({ silence }: Firing): SilenceWords {
    const ended =
      silence === null || silence === "unknown" ? undefined : this.#all.find(({ id }) => id === silence.id);
    return ended?.endedBy
      ? { actor: ended.endedBy, note: null }
      : { actor: null, note: "The time of the silence is over." };
  }
}

export function silenceWords({ createdBy, why }: SilenceRecord): SilenceWords {
  return { actor: createdBy, note: why };
}
