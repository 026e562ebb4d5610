import type { Micros } from "../../../machine/types";
import type { JournalEntry } from "../unit-facts";
import { messageIds } from "./message-ids";

/**
 * One life of a service manager, from its start to its end, as the journal shows it. A container
 * keeps the boot id of the machine it is on, so the boot id alone does not tell two lives apart.
 */
export interface Boot {
  readonly bootId: string;
  /** Counts the lives under one boot id, from 0. */
  readonly ordinal: number;
  /** The first instant that the journal shows of it. */
  readonly from: Micros;
  /** The last one. */
  readonly until: Micros;
  /** When everything that starts with the host had been started; null while that is not known. */
  readonly startedUp: Micros | null;
  /** When the host began to shut down; null where it did not, or not in order. */
  readonly shutdown: Micros | null;
}

/** Collects, from the entries of a whole journal, what they say of the host itself. */
export class BootLog {
  #boots: Boot[] = [];
  /** A target that a shutdown takes down early was stopped; it counts once a shutdown is proven. */
  #targetsStopped: Micros | null = null;

  /** The lives of the host's service manager, oldest first. */
  get boots(): readonly Boot[] {
    return this.#boots;
  }

  /** To be given every entry, oldest first. */
  add(entry: JournalEntry): void {
    const begun = beginOf(entry);
    const last = this.#boots.at(-1);
    if (last === undefined || last.bootId !== entry.bootId) this.#begin(entry, entry.at);
    else if (begun !== null && (last.startedUp !== null || last.shutdown !== null)) this.#begin(entry, begun);
    const { until, ...boot } = this.#boots[this.#boots.length - 1] as Boot;
    this.#boots[this.#boots.length - 1] = {
      ...boot,
      until: Math.max(until, entry.at),
      startedUp: begun === null ? boot.startedUp : entry.at,
      shutdown: boot.shutdown ?? this.#shutdownOf(entry),
    };
  }

  #begin({ bootId }: JournalEntry, from: Micros): void {
    const ordinal = this.#boots.filter((boot) => boot.bootId === bootId).length;
    const before = this.#boots.pop();
    if (before !== undefined) this.#boots.push({ ...before, until: Math.min(before.until, from) });
    this.#boots.push({ bootId, ordinal, from, until: from, startedUp: null, shutdown: null });
    this.#targetsStopped = null;
  }

  #shutdownOf(entry: JournalEntry): Micros | null {
    // Written by logind, or by whoever root is; it is about the host and not about a unit.
    if (entry.messageId === messageIds.shutdown && entry.fields._UID === "0")
      return Math.min(entry.at, this.#targetsStopped ?? entry.at);
    if (entry.messageId === messageIds.stopped && entry.unit !== null && loginTargets.has(entry.unit))
      this.#targetsStopped ??= entry.at;
    if (entry.messageId === messageIds.started && entry.unit !== null && loginTargets.has(entry.unit))
      this.#targetsStopped = null;
    const reached = entry.messageId === messageIds.started && entry.unit === "shutdown.target";
    return reached ? (this.#targetsStopped ?? entry.at) : null;
  }
}

const loginTargets: ReadonlySet<string> = new Set(["multi-user.target", "graphical.target"]);

/** "Startup finished" says how long the manager had been up by then. */
function beginOf(entry: JournalEntry): Micros | null {
  if (entry.messageId !== messageIds.startupFinished || entry.pid !== 1) return null;
  const spans = [entry.fields.USERSPACE_USEC, entry.fields.INITRD_USEC].map((text) => Number(text ?? 0));
  const upUs = spans.reduce((sum, span) => sum + (Number.isSafeInteger(span) && span > 0 ? span : 0), 0);
  return entry.at - upUs;
}

/** The life of the host in which an entry was written. */
export function bootOf(boots: readonly Boot[], entry: Pick<JournalEntry, "bootId" | "at">): Boot | undefined {
  const same = (boot: Boot) => boot.bootId === entry.bootId;
  return boots.findLast((boot) => same(boot) && boot.from <= entry.at) ?? boots.find(same);
}
