import { z } from "zod";
import { fromRfc3339 } from "../../clock";
import type { Micros } from "../../machine/types";
import type { Asked } from "../../probes/contract";
import { fieldInWords, type JsonLine, jsonLinesOf, LineError } from "./json-line";
import { type PolledProcess, pollRecordSchema, processOf, readyOfPoll } from "./poll-record";

/** What a capture of answers holds, oldest first. */
export interface ProbeCapture<Answer> {
  /** True: its instants count from when the polling began. */
  readonly isRelative: boolean;
  readonly facts: readonly ProbeFact<Answer>[];
  /** What the same poll saw systemd say. */
  readonly processes: readonly PolledProcess[];
}

export interface ProbeFact<Answer> {
  /** Null: the capture does not say of which service. */
  readonly service: string | null;
  readonly at: Micros;
  readonly asked: Asked<Answer>;
}

/** How the lines of one kind are read. */
export interface ProbeLines<Answer> {
  readonly kind: string;
  /** What a line of our own form says beside `probe`, `at` and `service`. @throws LineError */
  readAnswer(line: JsonLine): Asked<Answer>;
  /** What a record of a `.poll.jsonl` says of `/ready`; null: of this kind there is no such poll. */
  readPoll: ((status: number, body: string) => Asked<Answer>) | null;
}

/** Whether the first line that is not a `mark` is an answer of a probe. */
export function isProbeCapture(text: string): boolean {
  try {
    for (const { value } of jsonLinesOf(text)) {
      if ("mark" in value) continue;
      return typeof value.probe === "string" || pollRecordSchema.safeParse(value).success;
    }
  } catch {
    // Not JSON: whoever reads captures of other formats says so.
  }
  return false;
}

const failureSchema = z.object({
  failure: z.enum(["refused", "silent", "unreachable", "nonsense", "denied"]),
  why: z.string().optional(),
});

const ownSchema = z.object({
  probe: z.string(),
  at: z.string().transform((text, context) => {
    const at = fromRfc3339(text);
    if (at !== null) return at;
    context.addIssue({ code: "custom", message: "is no RFC 3339 instant" });
    return z.NEVER;
  }),
  service: z.string().optional(),
  failed: failureSchema.optional(),
});

/** @throws LineError that names the line. */
export function readProbeCapture<Answer>(text: string, lines: ProbeLines<Answer>): ProbeCapture<Answer> {
  const facts: ProbeFact<Answer>[] = [];
  const processes: PolledProcess[] = [];
  let isRelative = false;
  for (const line of jsonLinesOf(text)) {
    if ("mark" in line.value) continue;
    if (typeof line.value.probe === "string") {
      facts.push(readOwn(line, lines));
      continue;
    }
    const { readPoll } = lines;
    const record = pollRecordSchema.safeParse(line.value);
    if (!record.success || readPoll === null)
      throw new LineError(line, `is no answer of a ${lines.kind} probe: it has no "probe"`);
    isRelative = true;
    const at = Math.round(record.data.t_ms * 1000);
    facts.push({ service: null, at, asked: readyOfPoll(record.data, readPoll) });
    processes.push(processOf(record.data, at));
  }
  return { isRelative, facts, processes };
}

function readOwn<Answer>(line: JsonLine, lines: ProbeLines<Answer>): ProbeFact<Answer> {
  const read = ownSchema.safeParse(line.value);
  if (!read.success) throw new LineError(line, fieldInWords(read.error));
  const { probe, at, service = null, failed } = read.data;
  if (probe !== lines.kind)
    throw new LineError(line, `is of a ${probe} probe; --kind ${probe} replays it, not ${lines.kind}`);
  if (failed === undefined) return { service, at, asked: lines.readAnswer(line) };
  const { failure, why = failure } = failed;
  return { service, at, asked: { tag: "failed", failure, why } };
}
