import type { JournalEntry } from "../unit-facts";
import { messageIds } from "./message-ids";

/** What one entry about a unit says, as far as it matters to the unit's state. */
export type JournalWord =
  | { readonly tag: "starting" }
  /** `finished`: the work of a one-shot is done. */
  | { readonly tag: "started"; readonly finished: boolean }
  /** The start ended without a process: a condition was not met, or ExecCondition= said no. */
  | { readonly tag: "skipped"; readonly why: string }
  /** The start job failed; `result` is its JOB_RESULT. */
  | { readonly tag: "start-failed"; readonly result: string }
  | { readonly tag: "stopping" }
  /** The stop of a stop job, or the first half of a restart; also written where the unit has failed. */
  | { readonly tag: "stopped"; readonly restart: boolean }
  | { readonly tag: "restart-scheduled"; readonly attempt: number | null }
  | { readonly tag: "failure"; readonly result: string }
  | { readonly tag: "success" }
  /** It moves nothing, but says why something else will. */
  | { readonly tag: "clue"; readonly clue: Clue }
  | { readonly tag: "other" };

export const clues = [
  "process-exit",
  "start-limit",
  "timed-out",
  "watchdog",
  "killed-by-hand",
  "out-of-memory",
  "spawn-failed",
  "assert",
] as const;
export type Clue = (typeof clues)[number];

/**
 * Reads an entry by its MESSAGE_ID. Where systemd gives none (DOMAIN §1.4), the C function that
 * wrote it says what it is, or else its text: function names change between versions, texts less.
 */
export function readWord(entry: JournalEntry): JournalWord {
  const { fields, message } = entry;
  switch (entry.messageId) {
    case messageIds.starting:
      return { tag: "starting" };
    case messageIds.started:
      if (entry.invocation === "" || /being skipped\b|was skipped because/.test(message))
        return { tag: "skipped", why: conditionInWords(message) };
      return { tag: "started", finished: message.startsWith("Finished ") };
    case messageIds.startFailed:
      return { tag: "start-failed", result: fields.JOB_RESULT ?? "failed" };
    case messageIds.stopping:
      return { tag: "stopping" };
    case messageIds.stopped:
      return { tag: "stopped", restart: /^(try-)?restart$/.test(fields.JOB_TYPE ?? "") };
    case messageIds.restartScheduled:
      return { tag: "restart-scheduled", attempt: attemptOf(fields.N_RESTARTS) };
    case messageIds.failureResult:
      return { tag: "failure", result: fields.UNIT_RESULT ?? "" };
    case messageIds.success:
      return { tag: "success" };
    case messageIds.processExit:
      return { tag: "clue", clue: "process-exit" };
    case messageIds.outOfMemory:
    case messageIds.oomdKill:
      return { tag: "clue", clue: "out-of-memory" };
    case messageIds.spawnFailed:
      return { tag: "clue", clue: "spawn-failed" };
    default: {
      const clue = entry.messageId === null ? clueOf(entry) : undefined;
      return clue === undefined ? { tag: "other" } : { tag: "clue", clue };
    }
  }
}

/** ExecCondition= has a process of its own, so systemd names no condition there. */
function conditionInWords(message: string): string {
  const condition = /\((?:Condition)?\w+=.*\)/.exec(message)?.[0];
  if (condition !== undefined) return `a condition of it is not met ${condition}`;
  return message.startsWith("Condition check resulted in")
    ? "its ExecCondition= said no"
    : "a condition of it (Condition…=) is not met";
}

const unnamed: readonly { clue: Clue; func: RegExp | null; text: RegExp }[] = [
  { clue: "watchdog", func: /^service_dispatch_watchdog$/, text: /: Watchdog timeout\b/ },
  { clue: "start-limit", func: /^unit_test_start_limit$/, text: /: Start request repeated too quickly/ },
  { clue: "timed-out", func: /^service_dispatch_timer$/, text: /\btimed out\b|runtime time limit/ },
  {
    clue: "killed-by-hand",
    func: /^unit_kill_common$/,
    text: /: Sent signal SIG\S+ to .* on client request/,
  },
  { clue: "assert", func: null, text: /asserts failed\.$/i },
];

function clueOf({ fields, message }: JournalEntry): Clue | undefined {
  const { CODE_FUNC: func = "" } = fields;
  return unnamed.find((known) => known.func?.test(func) || known.text.test(message))?.clue;
}

function attemptOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}
