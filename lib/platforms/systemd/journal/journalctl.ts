import { setTimeout as sleep } from "node:timers/promises";
import type { Micros } from "../../../machine/types";
import { type Ending, endingInWords, lastWords } from "../ending-words";
import type { HostCommand } from "../spawn-on";
import { readLines } from "./read-lines";

/** Starts a command on the host whose journal is read (`spawnOn` with its address). */
export type RunOnHost = (argv: readonly string[]) => Pick<HostCommand, "stdout" | "ended" | "end">;

/** What `journalctl` answered could not be read, in words that say what to do. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/** journalctl(1) with JSON out, one entry a line; `fields` are the ones that are wanted beside its own. */
export function journalctl(fields: readonly string[], ...rest: readonly string[]): string[] {
  const output = ["--output=json", `--output-fields=${fields.join(",")}`];
  return ["journalctl", ...output, "--no-pager", "--utc", ...rest];
}

/** An instant as systemd.time(7) takes it: seconds since 1970, to the microsecond. */
export function instantArgument(at: Micros): string {
  const whole = Math.max(0, Math.trunc(at));
  return `@${Math.floor(whole / 1_000_000)}.${String(whole % 1_000_000).padStart(6, "0")}`;
}

const endsWithinMs = 10_000;

/** `false`: enough was read, and the command is ended. */
export type TakeLine = (line: string) => boolean | undefined;

/**
 * Hands each line that the command writes to `take`, until it ends, `take` has enough, or `signal`
 * aborts. Throws a JournalError when the journal could not be read, or only a part of it that is
 * not the service manager's.
 */
export async function readJournal(
  run: RunOnHost,
  argv: readonly string[],
  take: TakeLine,
  signal?: AbortSignal,
): Promise<void> {
  const command = run(argv);
  const stop = () => void command.end().catch(() => undefined);
  signal?.addEventListener("abort", stop, { once: true });
  if (signal?.aborted) stop();
  let enough = false;
  try {
    for await (const lines of readLines(command.stdout)) {
      if (signal?.aborted) break;
      enough = lines.some((line) => take(line) === false);
      if (enough) break;
    }
    // It closes its output a moment before it ends; ended by us in between it would seem to have failed.
    if (!enough && !signal?.aborted)
      await Promise.race([command.ended, sleep(endsWithinMs, undefined, { ref: false })]);
  } finally {
    signal?.removeEventListener("abort", stop);
    await command.end();
  }
  if (enough || signal?.aborted) return;
  const ending = await command.ended;
  const reason = whyUnreadable(ending);
  if (reason !== null) throw new JournalError(reason);
}

/** Why a read did not bring what is there; null where it did. */
function whyUnreadable(ending: Ending): string | null {
  // Said also where journalctl then ends with 0: it had the user's own entries to show, and no others.
  if (ending.tag === "exited" && /insufficient permissions|not seeing messages from/.test(ending.said))
    return `this user may not read the system's journal; add it to the group systemd-journal there: ${lastWords(ending.said)}`;
  if (ending.tag === "exited" && ending.code === 0) return null;
  return endingInWords(ending, "journalctl");
}
