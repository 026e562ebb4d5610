import { setTimeout as sleep } from "node:timers/promises";
import { now } from "../../clock";
import type { Observation } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import type { LogLine } from "../../wire/service";
import type { LogQuery, Unseen } from "../contract";
import type { Snapshot } from "./contact-parts";
import type { Boot } from "./journal/boots";
import { JournalError, type RunOnHost } from "./journal/journalctl";
import { followJournal, type HistoryRead, type HistoryWish, readHistory } from "./journal/reader";
import { recover } from "./journal/recover";
import { followUnitLog, readUnitLog } from "./journal/unit-log";
import type { Recovered } from "./read-back";
import { spawnOn } from "./spawn-on";
import type { JournalEntry } from "./unit-facts";
import type { HostAddress } from "./via";

/** One unit whose past is wanted, and what history holds of it. */
export interface PastWish {
  readonly snapshot: Snapshot;
  readonly state: string | null;
  readonly since: Micros | null;
  readonly known: ReadonlySet<string>;
}

/** What is read again of what is known already: an entry may come into the journal a little late. */
const lateEntryUs = 10_000_000;
/** The same where it is not known what the host's clock shows. */
const strangeClockUs = 600_000_000;
/** systemd writes of a change right after it. */
const wordOfChangeUs = 100_000;
const readWithinMs = 30_000;
const mostEntries = 100_000;
const retryMs = 5_000;
const readAgainMs = 1_000;

const noCommands =
  "Its journal is not read: a bus by address carries no commands. Give the host a `via` as well.";

/** A host's journal as the watch of its units needs it: the past at once, the present as it is written. */
export class JournalWatch {
  readonly #historyMs: number;
  /** Null where no command can be run on the host. */
  readonly #run: RunOnHost | null;

  constructor(address: HostAddress, historyMs: number) {
    this.#historyMs = historyMs;
    const reaches = address.bus === undefined || address.via !== undefined;
    this.#run = reaches
      ? (argv) => {
          const command = spawnOn(address, argv);
          command.stdin.end();
          return command;
        }
      : null;
  }

  /**
   * What the journal tells of these units up to their snapshots.
   * @param historyUntil up to when history is complete, by our clock; null if the host was never watched.
   * @param clockOffsetUs the host's clock minus ours; null where it is not known.
   * @param standIn names the boot where the journal does not.
   */
  async readBack(
    wishes: readonly PastWish[],
    historyUntil: Micros | null,
    clockOffsetUs: Micros | null,
    standIn: string,
    signal: AbortSignal,
  ): Promise<Recovered> {
    const there = historyUntil === null ? null : historyUntil + (clockOffsetUs ?? 0);
    const overlapUs = clockOffsetUs === null ? strangeClockUs : lateEntryUs;
    if (this.#run === null || wishes.length === 0) return nothingOf(standIn, historyUntil, this.#run && null);
    const since = Math.min(...wishes.map((wish) => this.#from(wish, there) - overlapUs));
    const wanted = new Set(wishes.map(({ snapshot }) => snapshot.watched.unit));
    const isWanted = (unit: string) => wanted.has(unit);
    try {
      const wish = { isWanted, since, limitMs: readWithinMs, mostEntries, signal };
      const read = await twice(this.#run, wish);
      return recoveredFrom(read, wishes, there, clockOffsetUs !== null, standIn);
    } catch (error) {
      return nothingOf(standIn, historyUntil, (error as Error).message);
    }
  }

  /** Tells what is written from `cursor` on, until `signal` aborts, over any interruption. */
  async follow(
    cursor: string | null,
    signal: AbortSignal,
    onEntry: (entry: JournalEntry) => void,
    onTrouble: (words: string | null) => void,
  ): Promise<void> {
    if (this.#run === null) return;
    let last = cursor;
    let troubled = false;
    const take = (entry: JournalEntry) => {
      last = entry.cursor;
      if (troubled) onTrouble(null);
      troubled = false;
      onEntry(entry);
    };
    while (!signal.aborted) {
      try {
        await followJournal(this.#run, last, take, signal);
      } catch (error) {
        if (signal.aborted) return;
        troubled = true;
        onTrouble(`Its journal is not followed now: ${(error as Error).message}`);
      }
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** The unit's own log. @throws JournalError in words for people where it cannot be read. */
  async logs(unit: string, query: LogQuery): Promise<LogLine[]> {
    return readUnitLog(this.#reachable(), unit, query);
  }

  async followLogs(
    unit: string,
    query: LogQuery,
    signal: AbortSignal,
    onLine: (line: LogLine) => void,
  ): Promise<void> {
    await followUnitLog(this.#reachable(), unit, query, signal, onLine);
  }

  #reachable(): RunOnHost {
    if (this.#run === null) throw new JournalError(noCommands);
    return this.#run;
  }

  #from({ state, since }: PastWish, historyUntil: Micros | null): Micros {
    if (state === null) return now().at - this.#historyMs * 1000;
    return historyUntil ?? since ?? now().at;
  }
}

/** What cannot be read back now never will be: one login that fails is not to cost it. */
async function twice(run: RunOnHost, wish: HistoryWish): Promise<HistoryRead> {
  try {
    return await readHistory(run, wish);
  } catch {
    await sleep(readAgainMs, undefined, { signal: wish.signal });
    return readHistory(run, wish);
  }
}

function recoveredFrom(
  { journals, cursor, completeFrom, shortened }: HistoryRead,
  wishes: readonly PastWish[],
  historyUntil: Micros | null,
  isClockKnown: boolean,
  standIn: string,
): Recovered {
  const { boots } = journals;
  const observedAt = now().at;
  const histories = new Map<string, readonly Observation[]>();
  for (const { snapshot, state, known } of wishes) {
    const { watched, properties } = snapshot;
    const changed = properties.stateChange?.at;
    // Without its clock the host's own word for the newest change is the best sign of where the look was.
    const at = isClockKnown || changed === undefined ? snapshot.at : changed + wordOfChangeUs;
    const entries = journals.entriesOf(watched.unit).filter((entry) => entry.at <= at);
    const told = recover(entries, {
      state,
      known,
      settleUs: watched.settleMs * 1000,
      untilUs: at,
      observedAt,
      application: watched.kind !== "service",
      unit: properties,
      boots,
    });
    histories.set(watched.name, told);
  }
  return {
    bootId: boots.at(-1)?.bootId ?? standIn,
    histories,
    unseen: [...beforeReach(historyUntil, completeFrom, shortened), ...offTimes(boots, historyUntil)],
    cursor,
    recordFrom: completeFrom,
    trouble: null,
  };
}

function beforeReach(historyUntil: Micros | null, completeFrom: Micros, shortened: string | null): Unseen[] {
  if (historyUntil === null || shortened === null || completeFrom <= historyUntil) return [];
  return [{ from: historyUntil, to: completeFrom, reason: `Not in the journal: ${shortened}.` }];
}

/** Between the last word of one boot and the first of the next nobody was there to write. */
function offTimes(boots: readonly Boot[], historyUntil: Micros | null): Unseen[] {
  return boots.slice(1).flatMap((boot, index) => {
    const before = boots[index];
    if (before === undefined || boot.from <= (historyUntil ?? 0) || boot.from <= before.until) return [];
    const from = Math.max(before.until, historyUntil ?? before.until);
    const reason = before.shutdown === null ? "The host was off." : "The host was off or restarting.";
    return [{ from, to: boot.from, reason }];
  });
}

/** Without a journal nothing of the past is known. @param trouble why; null where nothing was asked. */
function nothingOf(standIn: string, historyUntil: Micros | null, trouble: string | null): Recovered {
  const reason = trouble ?? noCommands;
  const unseen = historyUntil === null ? [] : [{ from: historyUntil, to: now().at, reason }];
  return { bootId: standIn, histories: new Map(), unseen, cursor: null, recordFrom: null, trouble: reason };
}
