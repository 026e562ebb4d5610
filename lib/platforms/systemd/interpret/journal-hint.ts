import type { JournalEntry } from "../unit-facts";
import type { Hint } from "./memory";

const messageIds = {
  processExit: "98e322203f7a4ed290d09fe03c09fe15",
  spawnFailed: "641257651c1b4ec9a8624d7a40a9e1e7",
  oomdKill: "d989611b15e44c9dbf31e3c81256e4ed",
  outOfMemory: "fe6faa94e7774663a0da52717891d8ef",
} as const;

/**
 * What an entry tells of why, without a state. Believed of systemd itself only (any process can
 * write UNIT=), but for the failed execution, which the forked process writes before it is another.
 */
export function hintOf(hint: Hint, entry: JournalEntry): Hint {
  const told = readHint(entry);
  if (told === null) return hint;
  return hint.invocation === entry.invocation
    ? { ...hint, ...told }
    : { invocation: entry.invocation, ...told };
}

/** Null where the entry says nothing of the kind. */
export function readHint(entry: JournalEntry): Omit<Hint, "invocation"> | null {
  const { messageId, message, fields, pid } = entry;
  if (messageId === messageIds.spawnFailed) {
    const reason = message.slice(message.lastIndexOf(": ") + 2);
    return { spawnFailed: `${fields.EXECUTABLE ?? "its program"} could not be executed: ${reason}` };
  }
  if (pid !== 1) return null;
  switch (messageId ?? "") {
    case messageIds.processExit:
      return fields.COMMAND === undefined || fields.COMMAND === "ExecStart"
        ? null
        : { commandExit: `${fields.COMMAND} ${exitInWords(fields.EXIT_CODE, fields.EXIT_STATUS)}` };
    case messageIds.oomdKill:
      return { outOfMemory: "systemd-oomd killed it for want of memory" };
    case messageIds.outOfMemory:
      return { outOfMemory: "out of memory: the kernel killed a process of it" };
  }
  return readText(message);
}

function readText(message: string): Omit<Hint, "invocation"> | null {
  // "X.service: Sent signal SIGTERM to main process 12 (name) on client request."
  const sent = /Sent signal (SIG[A-Z0-9+-]+) to .* on client request/.exec(message);
  if (sent) return { signalSent: `${sent[1]} was sent on request of someone on the host (systemctl kill)` };
  const late = /State '([a-z-]+)' timed out\. (?:Killing|Aborting|Terminating)/.exec(message);
  if (late) return { timedOut: `the stop timed out (${late[1]}); it was killed` };
  return null;
}

/** EXIT_STATUS is a number after an exit and a signal's name without SIG after a kill. */
function exitInWords(code: string | undefined, status: string | undefined): string {
  if (code === "exited") return `exited with code ${status ?? "unknown"}`;
  return `was killed by SIG${status ?? "?"}${code === "dumped" ? ", core dumped" : ""}`;
}
