import type { Micros } from "../../../machine/types";
import type { JournalEntry } from "../unit-facts";
import { messageIds } from "./message-ids";

/**
 * The entry that a line of `journalctl -o json` holds (systemd's "Journal JSON Format"), or null
 * where it holds none: a truncated last line, another program's output, an entry without a cursor,
 * an instant or a boot. Never throws.
 *
 * `unit` is what may be believed: any process can write UNIT= into its own entries, so it counts
 * only where journald itself says that the service manager wrote it (see `unitOf`).
 */
export function parseEntry(line: string): JournalEntry | null {
  const raw = readObject(line);
  if (raw === null) return null;
  const fields: Record<string, string> = {};
  for (const name in raw) {
    const text = textOf(raw[name]);
    if (text !== null) fields[name] = text;
  }
  const received = wholeNumber(fields.__REALTIME_TIMESTAMP);
  const at = wholeNumber(fields._SOURCE_REALTIME_TIMESTAMP) ?? received;
  const { __CURSOR: cursor, _BOOT_ID: bootId } = fields;
  if (at === null || !cursor || !isId(bootId)) return null;
  const { INVOCATION_ID: invocation, MESSAGE_ID: messageId, MESSAGE: message = "" } = fields;
  return {
    cursor,
    at,
    monotonic: monotonicAt(at, received, wholeNumber(fields.__MONOTONIC_TIMESTAMP)),
    bootId,
    unit: unitOf(fields),
    invocation: isId(invocation) ? invocation : "",
    messageId: isId(messageId) ? messageId : null,
    message,
    priority: wholeNumber(fields.PRIORITY),
    pid: wholeNumber(fields._PID),
    fields: withoutOwn(fields),
  };
}

/** journald gives the monotonic time of receipt only; what lay between is taken off, so that both clocks tell one instant. */
function monotonicAt(at: Micros, received: Micros | null, monotonic: Micros | null): Micros | null {
  if (monotonic === null || received === null) return monotonic;
  return Math.max(0, monotonic - Math.max(0, received - at));
}

/** Fields that JournalEntry already holds under a name of its own. */
const own: ReadonlySet<string> = new Set([
  "__CURSOR",
  "__REALTIME_TIMESTAMP",
  "__MONOTONIC_TIMESTAMP",
  "_SOURCE_REALTIME_TIMESTAMP",
  "_BOOT_ID",
  "INVOCATION_ID",
  "MESSAGE_ID",
  "MESSAGE",
  "PRIORITY",
  "_PID",
]);

function withoutOwn(fields: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const rest: Record<string, string> = {};
  // One loop: a first contact reads some hundred thousand entries.
  for (const name in fields) if (!own.has(name)) rest[name] = fields[name] ?? "";
  return rest;
}

/**
 * The unit that an entry is about, as far as it can be believed (`add_matches_for_unit` of
 * systemd's logs-show.c): fields that begin with `_` are journald's own and cannot be forged.
 *
 * SPAWN_FAILED is written by the process that was to become the service, under its own pid; it is
 * believed of the unit whose control group it was written from, and of no other.
 */
function unitOf(fields: Readonly<Record<string, string | undefined>>): string | null {
  if (fields._PID === "1" && fields.UNIT) return fields.UNIT;
  if (isOwnSpawnFailure(fields)) return fields.UNIT ?? null;
  if (fields._UID !== "0") return null;
  if (fields.OBJECT_SYSTEMD_UNIT) return fields.OBJECT_SYSTEMD_UNIT;
  if (fields.MESSAGE_ID === messageIds.coredump && fields.COREDUMP_UNIT) return fields.COREDUMP_UNIT;
  return null;
}

function isOwnSpawnFailure(fields: Readonly<Record<string, string | undefined>>): boolean {
  return (
    fields.MESSAGE_ID === messageIds.spawnFailed &&
    fields.UNIT !== undefined &&
    fields._SYSTEMD_UNIT === fields.UNIT
  );
}

/**
 * A field as text: an array of bytes stands for what is no UTF-8, an array of values for a field
 * that was given several times (its last value counts), null for what is over journalctl's limit.
 */
export function textOf(value: unknown): string | null {
  const text = scalarOf(value);
  if (text !== null || !Array.isArray(value)) return text;
  return value.map(scalarOf).findLast((each) => each !== null) ?? null;
}

function scalarOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  const isBytes = Array.isArray(value) && value.length > 0 && value.every(isByte);
  return isBytes ? decoder.decode(Uint8Array.from(value)) : null;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function isByte(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}

export function readObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** systemd writes numbers as strings; `null` for what is none, or too large to be exact. */
function wholeNumber(text: string | undefined): Micros | null {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

function isId(text: string | undefined): text is string {
  return text !== undefined && /^[0-9a-f]{32}$/.test(text);
}
