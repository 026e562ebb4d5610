import { jobOfPath } from "../object-path";
import type { Seen } from "../unit-facts";
import { type BusRecord, isObject, jsonLines, recordOf, toldOf } from "./bus-record";
import { type UnitCapture, unitCaptures } from "./unit-captures";

/**
 * Captures in the `.signals.jsonl` form: one message of a subscribed client a line, with `t` (wall
 * clock in seconds), `mono` (monotonic clock in µs), `path`, `member`, `args`; answers to a question
 * about a job as `job_props`. Lines with a `mark` were put there by whoever captured, and mean nothing.
 */
export function readSignals(text: string): UnitCapture[] {
  return unitCaptures([...records(text)]);
}

function* records(text: string): Generator<BusRecord> {
  for (const line of jsonLines(text)) {
    const { t, mono } = line;
    if ("mark" in line || typeof t !== "number" || typeof mono !== "number") continue;
    const seen: Seen = { at: Math.round(t * 1_000_000), monotonic: mono };
    yield recordOfLine(seen, line);
  }
}

function recordOfLine(seen: Seen, line: Readonly<Record<string, unknown>>): BusRecord {
  const { path, member, args, job_props: jobPath, props } = line;
  if (typeof path === "string" && typeof member === "string" && Array.isArray(args))
    return recordOf(seen, { path, member, args });
  const job = typeof jobPath === "string" ? jobOfPath(jobPath) : null;
  if (job !== null && isObject(props)) return { seen, tag: "job", job, properties: toldOf(props) };
  return { seen, tag: "other" };
}
