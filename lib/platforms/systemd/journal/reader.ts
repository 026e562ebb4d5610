import type { Micros } from "../../../machine/types";
import { timeLimit } from "../../../time-limit";
import type { JournalEntry } from "../unit-facts";
import { instantArgument, JournalError, journalctl, type RunOnHost, readJournal } from "./journalctl";
import { messageIds } from "./message-ids";
import { parseEntry } from "./parse-entry";
import { saysOfHost, UnitJournals } from "./unit-journals";

/** What `recover` and the live causes read of an entry. */
const fields = [
  "MESSAGE",
  "MESSAGE_ID",
  "PRIORITY",
  "UNIT",
  "INVOCATION_ID",
  "JOB_ID",
  "JOB_TYPE",
  "JOB_RESULT",
  "UNIT_RESULT",
  "COMMAND",
  "EXIT_CODE",
  "EXIT_STATUS",
  "N_RESTARTS",
  "CODE_FUNC",
  "EXECUTABLE",
  "ERRNO",
  "KERNEL_USEC",
  "INITRD_USEC",
  "USERSPACE_USEC",
  "_PID",
  "_UID",
  "_SYSTEMD_UNIT",
  "_SOURCE_REALTIME_TIMESTAMP",
];

/**
 * What the service manager writes, of all units at once: no name stands on the command line
 * (DOMAIN §1.4). A process that could not be executed speaks for itself; logind tells a shutdown.
 */
const matches = [
  "_PID=1",
  "+",
  `MESSAGE_ID=${messageIds.spawnFailed}`,
  "+",
  `MESSAGE_ID=${messageIds.shutdown}`,
  "_UID=0",
];

export interface HistoryWish {
  /** Whose entries are kept. */
  readonly isWanted: (unit: string) => boolean;
  /** The instant before which nothing is wanted. */
  readonly since: Micros;
  /** The last entry that was read before; what comes after it is wanted. */
  readonly afterCursor?: string;
  /** How long it may take, and how many entries may be kept; what is newest is read first. */
  readonly limitMs: number;
  readonly mostEntries: number;
  readonly signal?: AbortSignal;
}

export interface HistoryRead {
  readonly journals: UnitJournals;
  /** Where to go on from; null where the journal has no entry at all. */
  readonly cursor: string | null;
  /** From when on the journal was read whole. Before it: rotated away, or not read for lack of time. */
  readonly completeFrom: Micros;
  /** Why it does not go back as far as was wanted, in words; null where it does. */
  readonly shortened: string | null;
}

/**
 * Reads the host's journal back, newest first, so that a limit costs the oldest part and no other;
 * gives it oldest first. Memory is bounded by the entries that are kept. Throws a JournalError where
 * it cannot be read.
 */
export async function readHistory(run: RunOnHost, wish: HistoryWish): Promise<HistoryRead> {
  const journals = new UnitJournals(wish.isWanted);
  const back = new ReadBack(wish);
  const limit = timeLimit(wish.limitMs, wish.signal);
  const argv = journalctl(fields, "--reverse", `--since=${instantArgument(wish.since)}`, ...matches);
  // At the same time: each may have a login of its own to wait for.
  const [reach] = await Promise.all([
    readReach(run, limit.signal),
    readJournal(run, argv, (line) => back.take(line), limit.signal),
  ]).finally(() => limit.end());
  if (reach === null && limit.isOver) {
    const shortened = `not read within ${wish.limitMs} ms`;
    return {
      journals,
      cursor: back.cursor,
      completeFrom: back.reached ?? Number.MAX_SAFE_INTEGER,
      shortened,
    };
  }
  if (reach === null) {
    return { journals, cursor: null, completeFrom: wish.since, shortened: "the journal there is empty" };
  }
  for (const entry of back.oldestFirst()) journals.add(entry);
  const cursor = back.cursor ?? reach.cursor;
  const reached = back.reached ?? reach.newest;
  if (back.isFull)
    return { journals, cursor, completeFrom: reached, shortened: `more than ${wish.mostEntries} entries` };
  if (limit.isOver)
    return { journals, cursor, completeFrom: reached, shortened: `not read within ${wish.limitMs} ms` };
  if (back.metCursor || reach.oldest <= wish.since)
    return { journals, cursor, completeFrom: wish.since, shortened: null };
  const shortened = "the journal there does not go back further";
  return { journals, cursor, completeFrom: reach.oldest, shortened };
}

/** Takes lines newest first, and keeps what is wanted. */
class ReadBack {
  cursor: string | null = null;
  reached: Micros | null = null;
  metCursor = false;
  readonly #wish: HistoryWish;
  readonly #kept: JournalEntry[] = [];

  constructor(wish: HistoryWish) {
    this.#wish = wish;
  }

  get isFull(): boolean {
    return this.#kept.length >= this.#wish.mostEntries;
  }

  take(line: string): boolean {
    const entry = parseEntry(line);
    if (entry === null) return true;
    this.metCursor = entry.cursor === this.#wish.afterCursor;
    if (this.metCursor) return false;
    this.cursor ??= entry.cursor;
    this.reached = entry.at;
    const newer = this.#kept.at(-1);
    const atEdge = newer === undefined || newer.bootId !== entry.bootId;
    if (atEdge || saysOfHost(entry) || (entry.unit !== null && this.#wish.isWanted(entry.unit)))
      this.#kept.push(entry);
    return !this.isFull;
  }

  oldestFirst(): readonly JournalEntry[] {
    return this.#kept.toReversed();
  }
}

/** How far the host's journal goes, and its newest entry. */
export interface JournalReach {
  readonly oldest: Micros;
  readonly newest: Micros;
  readonly bootId: string;
  readonly cursor: string;
}

/**
 * The first and the last entry of the service manager that the host's journal still has; null where
 * it has none. Throws a JournalError where it cannot be read.
 */
export async function readReach(run: RunOnHost, signal?: AbortSignal): Promise<JournalReach | null> {
  const few = ["_SOURCE_REALTIME_TIMESTAMP"];
  const first = async (...rest: string[]) => {
    let entry: JournalEntry | null = null;
    const take = (line: string) => {
      entry ??= parseEntry(line);
      return entry === null;
    };
    await readJournal(run, journalctl(few, ...rest, "_PID=1"), take, signal);
    return entry as JournalEntry | null;
  };
  const [newest, oldest] = await Promise.all([first("--reverse", "--lines=1"), first()]);
  if (newest === null || oldest === null) return null;
  return { oldest: oldest.at, newest: newest.at, bootId: newest.bootId, cursor: newest.cursor };
}

/**
 * Tells every entry of the service manager from behind `cursor` on (null: from now on), as they are
 * written; resolves when `signal` aborts. Connecting again is the caller's: where the stream ends by
 * itself, a JournalError says why, in the words of journalctl or of the way there.
 */
export async function followJournal(
  run: RunOnHost,
  cursor: string | null,
  onEntry: (entry: JournalEntry) => void,
  signal: AbortSignal,
): Promise<void> {
  const from = cursor === null ? ["--lines=0"] : ["--no-tail", `--after-cursor=${cursor}`];
  const take = (line: string) => {
    const entry = parseEntry(line);
    if (entry !== null) onEntry(entry);
    return true;
  };
  await readJournal(run, journalctl(fields, "--follow", ...from, ...matches), take, signal);
  if (!signal.aborted) throw new JournalError("journalctl ended although it was to follow the journal");
}
