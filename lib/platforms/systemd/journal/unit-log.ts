import { toRfc3339 } from "../../../clock";
import { timeLimit } from "../../../time-limit";
import type { LogLine } from "../../../wire/service";
import type { LogQuery } from "../../contract";
import { fits, longestLineBytes, toLogLine } from "../../log-text";
import { refuseUnitName } from "../unit-name";
import {
  instantArgument,
  JournalError,
  journalctl,
  type RunOnHost,
  readJournal,
  type TakeLine,
} from "./journalctl";
import { messageIds } from "./message-ids";
import { parseEntry } from "./parse-entry";
import { longestLine } from "./read-lines";

/** A search that finds little ends here, with what it has found. */
const searchMs = 10_000;
const fields = ["MESSAGE", "PRIORITY", "SYSLOG_IDENTIFIER", "_SOURCE_REALTIME_TIMESTAMP"];

/**
 * What `journalctl -u` shows of a unit (add_matches_for_unit in systemd's logs-show.c): its own
 * lines, what the service manager and root's helpers say of it, and its core dumps. The name stands
 * behind `FIELD=` only, so that it can never be taken for an option; what is no unit's name is refused.
 */
export function matchesOfUnit(unit: string): string[] {
  const refusal = refuseUnitName(unit);
  if (refusal !== null) throw new JournalError(refusal);
  return [
    `_SYSTEMD_UNIT=${unit}`,
    ...["+", "_PID=1", `UNIT=${unit}`],
    ...["+", "_UID=0", `OBJECT_SYSTEMD_UNIT=${unit}`],
    ...["+", `MESSAGE_ID=${messageIds.coredump}`, "_UID=0", `COREDUMP_UNIT=${unit}`],
  ];
}

/**
 * The last lines of a unit's log that the query wants, oldest first. With `around`, as many of them
 * from before that instant as from after it. A search that takes too long ends with what it found.
 */
export async function readUnitLog(run: RunOnHost, unit: string, query: LogQuery): Promise<LogLine[]> {
  const { around } = query;
  if (around === undefined) return (await readTail(run, unit, query)).lines;
  const half = Math.ceil(query.lines / 2);
  const [before, after] = await Promise.all([
    readTail(run, unit, { ...query, lines: half, until: around }),
    readHead(run, unit, { ...query, lines: query.lines - half, since: around + 1 }),
  ]);
  return [...before.lines, ...after];
}

/**
 * The last lines, and then every one that is written after them until `signal` aborts, without a
 * hole. Where the journal's stream ends by itself, a JournalError says why.
 */
export async function followUnitLog(
  run: RunOnHost,
  unit: string,
  query: LogQuery,
  signal: AbortSignal,
  onLine: (line: LogLine) => void,
): Promise<void> {
  const { lines, cursor } = await readTail(run, unit, query, signal);
  if (signal.aborted) return;
  for (const line of lines) onLine(line);
  const from = cursor === null ? [] : [`--after-cursor=${cursor}`];
  const take = (text: string) => {
    const line = readLogLine(text)?.line;
    if (line !== undefined && fits(line, query)) onLine(line);
    return true;
  };
  await readJournal(run, argvOf(unit, query, "--follow", "--no-tail", ...from), take, signal);
  if (!signal.aborted) throw new JournalError("journalctl ended although it was to follow the log");
}

/** Newest first until there are enough; so a long log costs no more than a short one. */
async function readTail(run: RunOnHost, unit: string, query: LogQuery, signal?: AbortSignal) {
  const lines: LogLine[] = [];
  let cursor: string | null = null;
  // Without a search journald itself counts, and no line too many crosses the network.
  const count = query.grep ? [] : [`--lines=${query.lines}`];
  const argv = argvOf(unit, query, "--reverse", ...count, ...spanOf(query));
  const take = (text: string) => {
    const read = readLogLine(text);
    if (read === null) return true;
    cursor ??= read.cursor;
    if (fits(read.line, query)) lines.push(read.line);
    return lines.length < query.lines;
  };
  await search(run, argv, take, signal);
  return { lines: lines.slice(0, query.lines).reverse(), cursor: cursor as string | null };
}

async function readHead(run: RunOnHost, unit: string, query: LogQuery): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  if (query.lines <= 0) return lines;
  const take = (text: string) => {
    const line = readLogLine(text)?.line;
    if (line !== undefined && fits(line, query)) lines.push(line);
    return lines.length < query.lines;
  };
  await search(run, argvOf(unit, query, ...spanOf(query)), take);
  return lines;
}

/** What was found when the time is over has to be enough. */
async function search(run: RunOnHost, argv: readonly string[], take: TakeLine, signal?: AbortSignal) {
  const limit = timeLimit(searchMs, signal);
  try {
    await readJournal(run, argv, take, limit.signal);
  } finally {
    limit.end();
  }
}

/** `--all`: without it journalctl leaves out what is longer than 4096 bytes. */
function argvOf(unit: string, { priority }: LogQuery, ...rest: readonly string[]): string[] {
  const most = priority === undefined ? [] : [`--priority=${priority}`];
  return journalctl(fields, "--all", ...most, ...rest, ...matchesOfUnit(unit));
}

function spanOf({ since, until }: LogQuery): string[] {
  return [
    ...(since === undefined ? [] : [`--since=${instantArgument(since)}`]),
    ...(until === undefined ? [] : [`--until=${instantArgument(until)}`]),
  ];
}

/** `stream` says who wrote it: "systemd", or the service's own identifier. */
function readLogLine(text: string): { readonly cursor: string | null; readonly line: LogLine } | null {
  // A line that did not fit into memory comes empty; that it was there is said.
  if (text === "") return { cursor: null, line: unfit };
  const entry = parseEntry(text);
  if (entry === null) return null;
  const bytes = Buffer.from(entry.message);
  const { text: shown } = toLogLine(bytes.subarray(0, longestLineBytes), bytes.length);
  const { at, priority, fields: rest, cursor } = entry;
  const stream = rest.SYSLOG_IDENTIFIER ?? null;
  return { cursor, line: { at: toRfc3339(at), priority, text: shown, stream } };
}

const unfit: LogLine = {
  at: null,
  priority: null,
  text: `(a line that takes more than ${longestLine / 1_048_576} MiB was left out)`,
  stream: null,
};
