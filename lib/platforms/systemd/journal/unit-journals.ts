import type { Micros } from "../../../machine/types";
import type { JournalEntry } from "../unit-facts";
import { type Boot, BootLog } from "./boots";
import { messageIds } from "./message-ids";

const hostTargets: ReadonlySet<string> = new Set([
  "multi-user.target",
  "graphical.target",
  "shutdown.target",
]);

/** Whether an entry is about the host itself: that it has started up, or that it goes down. */
export function saysOfHost({ messageId, unit }: JournalEntry): boolean {
  if (messageId === messageIds.startupFinished || messageId === messageIds.shutdown) return true;
  return unit !== null && hostTargets.has(unit);
}

/**
 * A host's journal, sorted by unit. It keeps the entries of the wanted units only, whatever else
 * goes by, and what all of them say of the host.
 */
export class UnitJournals {
  readonly #isWanted: (unit: string) => boolean;
  readonly #entries = new Map<string, JournalEntry[]>();
  readonly #boots = new BootLog();
  #until: Micros | null = null;

  constructor(isWanted: (unit: string) => boolean) {
    this.#isWanted = isWanted;
  }

  /** To be given every entry, oldest first. */
  add(entry: JournalEntry): void {
    this.#boots.add(entry);
    this.#until = Math.max(this.#until ?? entry.at, entry.at);
    const { unit } = entry;
    if (unit === null || !this.#isWanted(unit)) return;
    const known = this.#entries.get(unit);
    if (known) known.push(entry);
    else this.#entries.set(unit, [entry]);
  }

  /** The units that entries were kept of, in the order in which they first appeared. */
  get units(): readonly string[] {
    return [...this.#entries.keys()];
  }

  entriesOf(unit: string): readonly JournalEntry[] {
    return this.#entries.get(unit) ?? [];
  }

  get boots(): readonly Boot[] {
    return this.#boots.boots;
  }

  /** The newest instant that an entry told; null without any. */
  get until(): Micros | null {
    return this.#until;
  }
}
