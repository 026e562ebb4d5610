import type { Cause } from "../../../machine/observation";
import { readHint } from "../interpret/journal-hint";
import { signalInWords } from "../interpret/words";
import type { JournalEntry } from "../unit-facts";
import type { Clue } from "./journal-word";

/** What was read before a move and may say why it came. */
export interface FoundClue {
  readonly clue: Clue;
  readonly entry: JournalEntry;
}

/** Why a unit was started, as far as the journal tells. */
export interface StartReason {
  /** systemd restarts it by itself, for the n-th time (null: the number is not known). */
  readonly automatic: { readonly attempt: number | null } | null;
  readonly deed: "started" | "restarted";
  readonly atBoot: boolean;
  /** Timers, sockets and paths that may have been it; the journal does not tell them from people. */
  readonly triggeredBy: readonly string[];
}

/** The words are those of the live watch (`../interpret`): the same move reads the same, whoever tells it. */
export function causeOfStart({ automatic, deed, atBoot, triggeredBy }: StartReason): Cause {
  if (automatic !== null) {
    const attempt = automatic.attempt === null ? "" : `, attempt ${automatic.attempt}`;
    return byManager(`automatic restart${attempt}`);
  }
  if (atBoot) return { kind: "host", detail: `${deed} while the host boots` };
  if (triggeredBy.length > 0 && deed === "started") {
    const whom = `${triggeredBy.join(" or ")}, or by someone on the host`;
    return { kind: "unknown", detail: `started by ${whom}: systemd does not say which` };
  }
  return { kind: "host-operator", detail: `${deed} by someone on the host` };
}

/** A stop job: of a shutdown, of a restart, or of somebody. */
export function causeOfStop(purpose: "stop" | "restart", inShutdown: boolean): Cause {
  const deed = purpose === "stop" ? "stopped" : "restarted";
  if (inShutdown) return { kind: "host", detail: `${deed} because the host shuts down` };
  return { kind: "host-operator", detail: `${deed} by someone on the host` };
}

/** It ended well, under no job. The journal has no exit code of it, nor a signal from somewhere else. */
export function causeOfCleanEnd(found: readonly FoundClue[], starting: boolean): Cause {
  const exit = newest(found, "process-exit");
  const how = exit === undefined ? null : exitInWords(exit);
  if (starting) return { kind: "service", detail: `finished: ${how ?? "it has ended"}` };
  if (how !== null) return { kind: "service", detail: `${how} by itself` };
  return { kind: "service", detail: "ended without an error, by itself or by a signal: no job did it" };
}

/**
 * Why a unit failed: systemd's Result (systemd.exec(5), "$SERVICE_RESULT"), and the clues before it.
 * @param during what it was doing: a failure under a stop is an answer to that.
 */
export function causeOfFailure(
  result: string,
  found: readonly FoundClue[],
  during: "start" | "run" | "stop",
): Cause {
  if (result === "start-limit-hit" || newest(found, "start-limit") !== undefined)
    return byManager("started too often in too short a time: the start limit was hit");
  const hint = hintsOf(found);
  switch (result) {
    case "exit-code":
    case "signal":
    case "core-dump":
      if (hint.outOfMemory !== undefined) return { kind: "host", detail: hint.outOfMemory };
      if (hint.spawnFailed !== undefined) return { kind: "service", detail: hint.spawnFailed };
      return causeOfBadExit(result, found, during);
    case "timeout":
      return byManager(timeoutWords[during] ?? hint.timedOut ?? "the stop timed out; it was killed");
    case "watchdog":
      return byManager("the watchdog got no sign of life in time and ended it");
    case "oom-kill":
      return { kind: "host", detail: hint.outOfMemory ?? "out of memory: a process of it was killed" };
    case "protocol":
      return { kind: "service", detail: "it behaved otherwise: not what its Type= asks for (protocol)" };
    case "resources":
      return byManager(hint.spawnFailed ?? "systemd could not set it up (resources)");
    default:
      return { kind: "unknown", detail: `failed with the result "${result}"` };
  }
}

const timeoutWords = { start: "the start timed out", run: "it ran into a time limit", stop: null } as const;

function causeOfBadExit(
  result: string,
  found: readonly FoundClue[],
  during: "start" | "run" | "stop",
): Cause {
  const exit = newest(found, "process-exit");
  if (exit === undefined) return { kind: "service", detail: `a process of it failed (${result})` };
  const words = exitInWords(exit);
  if (!isMain(exit)) return { kind: "service", detail: words };
  const sent = newest(found, "killed-by-hand");
  const byHand = sent === undefined ? undefined : readHint(sent)?.signalSent;
  const signal = /SIG[A-Z]+/.exec(words)?.[0];
  if (byHand !== undefined && signal !== undefined && byHand.startsWith(`${signal} `))
    return { kind: "host-operator", detail: `${words}: ${byHand}` };
  const when = { start: " before it was ready", run: "", stop: " when asked to stop" };
  return { kind: "service", detail: `${words}${when[during]}` };
}

/** How a process ended: "exited with code 3", "killed by SIGKILL (signal 9)"; named if not the main one. */
function exitInWords(exit: JournalEntry): string {
  const { COMMAND: command, EXIT_CODE: code, EXIT_STATUS: status = "unknown" } = exit.fields;
  const whose = isMain(exit) ? "" : `${command} `;
  if (code === "exited") return `${whose}exited with code ${status}`;
  const signal = /^\d+$/.test(status) ? signalInWords(Number(status)) : `signal ${status}`;
  return `${whose}killed by ${signal}${code === "dumped" ? ", core dumped" : ""}`;
}

function isMain({ fields }: JournalEntry): boolean {
  return fields.COMMAND === undefined || fields.COMMAND === "ExecStart";
}

function hintsOf(found: readonly FoundClue[]): NonNullable<ReturnType<typeof readHint>> {
  return Object.assign({}, ...found.map(({ entry }) => readHint(entry)));
}

function newest(found: readonly FoundClue[], clue: Clue): JournalEntry | undefined {
  return found.findLast((each) => each.clue === clue)?.entry;
}

export function byManager(detail: string): Cause {
  return { kind: "service-manager", detail };
}
