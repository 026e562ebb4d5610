import { constants } from "node:os";
import { spanInWords } from "../../clock";
import type { CloseReason } from "../contract";
import type { NotEnded } from "./facts";
import type { Exit, Stop } from "./memory";
import type { Fact } from "./step";

/** How a process ended, in words: "exited with code 3", "killed by SIGKILL (signal 9)". */
export function exitInWords({ code, signal }: Pick<Exit, "code" | "signal">): string {
  if (signal === null) return `exited with code ${code ?? "unknown"}`;
  const number = (constants.signals as Record<string, number | undefined>)[signal];
  return `killed by ${signal}${number === undefined ? "" : ` (signal ${number})`}`;
}

/** The same, where Signalbox sent no signal at all; `when` says when it was. */
export function unaskedExitInWords(exit: Pick<Exit, "code" | "signal">, when: string): string {
  return `${exitInWords(exit)}${when}${exit.signal === null ? "" : ", not sent by Signalbox"}`;
}

/** Why a stop did not go well: what was waited for in vain, or what the process answered. */
export function failedStopInWords(stop: Stop, exit: Exit | null): string {
  if (stop.timedOut === null)
    return exit === null ? "did not end as asked" : `${exitInWords(exit)} when asked to stop`;
  const waited = spanInWords(stop.timedOut.limitMs);
  const unconfigured = stop.trigger.tag === "unconfigured";
  const why = unconfigured ? "" : " because Signalbox itself was ending";
  const cut = stop.timedOut.hurried ? `, all the time there was${why}` : "";
  return `did not end within ${waited} of SIGTERM${cut}; killed`;
}

/** What could not be ended, and why, for each process: "process 12 (sleep) …". */
export function killFailedInWords({ notEnded, patienceMs }: Fact<"kill-failed">): string {
  return notEnded.map((process) => notEndedInWords(process, patienceMs)).join("; ");
}

function notEndedInWords({ pid, command, forbidden }: NotEnded, patienceMs: number): string {
  const name = `process ${pid} (${command})`;
  if (forbidden) return `${name} may not be ended by Signalbox: it belongs to another user`;
  return `${name} still ran ${spanInWords(patienceMs)} after SIGKILL`;
}

/** Why nothing is taken on any more. */
export function refusalWhile(why: CloseReason): string {
  switch (why) {
    case "ending":
      return "Signalbox is ending";
    case "unconfigured":
      return "it was taken out of the configuration";
  }
}

export function attemptInWords(attempt: number, max: number | null): string {
  return max === null ? `attempt ${attempt}` : `attempt ${attempt} of ${max}`;
}

export function timesInWords(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
