import type { Database } from "@/db/open";
import { findTransitions, type TransitionFilter, type TransitionRecord } from "@/db/read/transitions";
import { streamOf } from "../feed/stream-of";
import { webHub } from "../feed/web-hub";
import type { Transition } from "../wire/service";
import { transitionView } from "../wire/transition-view";
import { csvLine } from "./csv";
import { withinMs } from "./database-away";
import { logWeb } from "./request-log";

const rowsAtOnce = 500;
const answerWithinMs = 15_000;

/** How history is written into a file. */
export interface ExportForm {
  readonly type: string;
  readonly ending: "csv" | "jsonl";
  readonly head: string;
  line(transition: Transition): string;
}

const csvColumns = [
  "at",
  "service",
  "seq",
  "from",
  "to",
  "event",
  "inFromMs",
  "gapMs",
  "causeKind",
  "actor",
  "detail",
  "source",
  "declared",
  "inferred",
  "commandId",
  "revision",
  "id",
  "evidence",
] as const;

export const csvForm: ExportForm = {
  type: "text/csv; charset=utf-8; header=present",
  ending: "csv",
  head: csvLine(csvColumns),
  line: ({ cause, evidence, ...move }) => {
    const told = { ...move, causeKind: cause.kind, actor: cause.actor ?? null, detail: cause.detail };
    const row = { ...told, evidence: JSON.stringify(evidence) };
    return csvLine(csvColumns.map((column) => row[column]));
  },
};

/** One transition a line, as the list tells it. @param type as it was asked for: there are two names. */
export function jsonLinesForm(type: "application/x-ndjson" | "application/jsonl"): ExportForm {
  return { type, ending: "jsonl", head: "", line: (transition) => `${JSON.stringify(transition)}\n` };
}

/**
 * History as a file, newest first, read page by page while it is taken: never all of it in memory. A
 * file that cannot be finished is broken off, so that it is not taken for a whole one.
 * @param limit at most so many rows; undefined for all that the filter lets through.
 */
export function exportTransitions(
  database: Database,
  filter: TransitionFilter,
  limit: number | undefined,
  form: ExportForm,
  request: Request,
): Response {
  const chunks = written(pages(database, filter, limit), form);
  const { readable } = streamOf(chunks, { signals: [request.signal], onEnd: () => undefined });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(readable, {
    headers: {
      "content-type": form.type,
      "content-disposition": `attachment; filename="signalbox-transitions-${day}.${form.ending}"`,
      "cache-control": "no-store",
    },
  });
}

async function* pages(database: Database, filter: TransitionFilter, limit = Number.POSITIVE_INFINITY) {
  const { closing } = webHub();
  let { after } = filter;
  for (let left = limit; left > 0; ) {
    const wanted = Math.min(left, rowsAtOnce);
    const rows = await withinMs(answerWithinMs, findTransitions(database.db, { ...filter, after }, wanted));
    yield rows;
    const last = rows.at(-1);
    if (rows.length < wanted || last === undefined) return;
    if (closing.aborted) throw new Error("The web process ends.");
    after = { at: last.at, id: last.id };
    left -= rows.length;
  }
}

async function* written(
  read: AsyncGenerator<readonly TransitionRecord[]>,
  form: ExportForm,
): AsyncGenerator<Uint8Array, void, void> {
  const encoder = new TextEncoder();
  if (form.head !== "") yield encoder.encode(form.head);
  try {
    for await (const rows of read)
      if (rows.length > 0) yield encoder.encode(rows.map((row) => form.line(transitionView(row))).join(""));
  } catch (error) {
    logWeb("warn", "an export of history was broken off", error);
    throw error;
  }
}
