import { Records, type Row } from "./history-check";
import type { SystemdHost } from "./systemd-host";

/** MESSAGE_IDs of systemd (SD src/systemd/sd-messages.h). */
const started = "39f53479d3a045ac8e11786248231fbf";
const failed = "d9b373ed55a64feb8242e02dbe79a49c";
const restartScheduled = "5eb03494b6584870a536b337290809b3";

/** Whether a start that held for about the settle time of 1 s counts as Running is not judged here. */
const surelyHeldUs = 1_200_000;
const surelyNotHeldUs = 800_000;

type Entry = Readonly<Record<string, unknown>>;

interface JournalComparison {
  /** What the journal tells: starts, those of them that systemd made by itself, failures. */
  readonly starts: number;
  readonly automatic: number;
  readonly failures: number;
  readonly recovered: number;
  /** What does not agree, in words. */
  readonly faults: readonly string[];
}

/**
 * The same of each service, named as its unit, with every fault of the chains in the database.
 * @param data the data folder of the Signalbox that watches the host.
 */
export async function compareOnHost(
  host: SystemdHost,
  data: string,
  services: readonly string[],
): Promise<{ readonly faults: readonly string[]; readonly found: ReadonlyMap<string, JournalComparison> }> {
  const records = new Records(data);
  try {
    const rows = await records.rows();
    const found = new Map<string, JournalComparison>();
    for (const name of services) {
      const entries = await host.journal("_PID=1", `UNIT=${name}.service`);
      const own = rows.filter(({ service }) => service === name);
      found.set(name, compareWithJournal(entries, own));
    }
    return { faults: await records.faults(), found };
  } finally {
    await records.end();
  }
}

/**
 * Holds the history of one unit of Type=simple against its journal: every start, scheduled restart and
 * failure that systemd wrote down is one move, no other such move is there, and what was recovered has
 * the instant of its entry to the microsecond.
 * @param entries the unit's entries by PID 1, oldest first.
 */
function compareWithJournal(entries: readonly Entry[], rows: readonly Row[]): JournalComparison {
  const of = (messageId: string) => entries.filter((entry) => entry.MESSAGE_ID === messageId);
  const [starts, failures] = [of(started), of(failed)];
  const faults = [
    ...starts.flatMap((entry) => isStartTold(rows, entry, entries)),
    ...failures.flatMap((entry) => isTold(rows, entry, "Error")),
    ...starts.flatMap((entry) => isRunningTold(rows, entry, failures)),
    ...starts.flatMap((entry) => hasItsCause(rows, entry, entries)),
    ...rows.flatMap((row) => hasItsInstant(row, entries)),
  ];
  for (const [to, told] of [
    ["Starting", starts.length],
    ["Error", failures.length],
  ] as const) {
    const count = rows.filter((row) => row.to === to && row.seq > 1).length;
    if (count > told) faults.push(`${count} moves to ${to}, and the journal tells of ${told}`);
  }
  return {
    starts: starts.length,
    automatic: of(restartScheduled).length,
    failures: failures.length,
    recovered: rows.filter(({ source }) => source === "journal").length,
    faults,
  };
}

/** The microsecond in which systemd wrote it. */
function instantOf(entry: Entry): number {
  return Number(entry._SOURCE_REALTIME_TIMESTAMP ?? entry.__REALTIME_TIMESTAMP);
}

function movesOf(rows: readonly Row[], entry: Entry, to: string): readonly Row[] {
  return rows.filter(({ key }) => key.startsWith(`${entry.INVOCATION_ID}/${to}`));
}

function isTold(rows: readonly Row[], entry: Entry, to: string): string[] {
  const told = movesOf(rows, entry, to).length;
  return told === 1 ? [] : [`${say(entry)} is told ${told} times as ${to}`];
}

/** One that was queued for a while was told before it had an invocation: by the instant of its job. */
function isStartTold(rows: readonly Row[], start: Entry, entries: readonly Entry[]): string[] {
  return startsOf(rows, start, entries).length === 1 ? [] : isTold(rows, start, "Starting");
}

function startsOf(rows: readonly Row[], start: Entry, entries: readonly Entry[]): readonly Row[] {
  const before = entries.slice(0, entries.indexOf(start)).findLast(({ MESSAGE_ID }) => MESSAGE_ID === failed);
  const queued = rows.filter(
    ({ key, to, at }) =>
      to === "Starting" &&
      /^[0-9a-f]{32}\/\d+\/Starting/.test(key) &&
      at <= instantOf(start) &&
      at >= (before ? instantOf(before) : 0),
  );
  return [...movesOf(rows, start, "Starting"), ...queued];
}

function isRunningTold(rows: readonly Row[], start: Entry, failures: readonly Entry[]): string[] {
  const end = failures.find(({ INVOCATION_ID }) => INVOCATION_ID === start.INVOCATION_ID);
  if (end === undefined) return [];
  const heldUs = instantOf(end) - instantOf(start);
  const told = movesOf(rows, start, "Running").length;
  if (heldUs >= surelyHeldUs && told !== 1)
    return [`${say(start)} held, and is told ${told} times as Running`];
  const [fall] = movesOf(rows, end, "Error");
  // What is told late was rightly taken for running until then.
  if (fall?.source === "signal" && fall.observedAt - instantOf(start) >= surelyNotHeldUs) return [];
  return heldUs <= surelyNotHeldUs && told > 0 ? [`${say(start)} did not hold, and is told as Running`] : [];
}

/** systemd says "Scheduled restart job" right before a start of its own. */
function hasItsCause(rows: readonly Row[], start: Entry, entries: readonly Entry[]): string[] {
  const [move] = startsOf(rows, start, entries);
  if (move === undefined) return [];
  const before = entries.slice(0, entries.indexOf(start)).reverse();
  const last = before.find(({ MESSAGE_ID }) => MESSAGE_ID === restartScheduled || MESSAGE_ID === failed);
  const automatic = last?.MESSAGE_ID === restartScheduled;
  if (automatic === (move.cause === "service-manager")) return [];
  return [`${say(start)} was ${automatic ? "automatic" : "by hand"}, and its cause is told as ${move.cause}`];
}

function hasItsInstant(row: Row, entries: readonly Entry[]): string[] {
  if (row.source !== "journal") return [];
  const entry = entries.find(({ __CURSOR }) => __CURSOR === row.cursor);
  if (entry === undefined) return [`seq ${row.seq} (${row.to}) names no entry of the journal`];
  const offUs = row.at - instantOf(entry);
  return offUs === 0 ? [] : [`seq ${row.seq} (${row.to}) is ${offUs} µs off its entry`];
}

function say(entry: Entry): string {
  return `"${entry.MESSAGE}" at ${new Date(instantOf(entry) / 1000).toISOString()}`;
}
