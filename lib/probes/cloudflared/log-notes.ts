import type { Micros } from "../../machine/types";
import { readLogLine } from "./log-line";

/** What its log has said since this invocation began. */
export interface LogNotes {
  /** When it was last read at all; null: nobody reads it. */
  readonly readAt: Micros | null;
  /** The newest trouble that no later registration has ended. */
  readonly trouble: string | null;
}

export const noNotes: LogNotes = { readAt: null, trouble: null };

/** The notes with one more line. */
export function noteLine(notes: LogNotes, text: string, at: Micros): LogNotes {
  const saying = readLogLine(text);
  const trouble = saying === null ? notes.trouble : troubleAfter(notes.trouble, saying);
  return { readAt: at, trouble };
}

function troubleAfter(
  trouble: string | null,
  saying: NonNullable<ReturnType<typeof readLogLine>>,
): string | null {
  switch (saying.tag) {
    case "registered":
      return null;
    case "lost":
      return `a connection was lost: ${saying.why}`;
    case "not-reached":
      return `the edge was not reached: ${saying.why}`;
    case "rejected":
      return `the edge refused it: ${saying.why}`;
    // It complains of much beside: what is known of the connections says more.
    case "error":
      return trouble ?? saying.why;
    case "unregistered":
    case "retrying":
    case "shutting-down":
      return trouble;
  }
}
