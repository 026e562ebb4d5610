import { setTimeout as sleep } from "node:timers/promises";
import { fromRfc3339 } from "../../clock";
import type { Micros } from "../../machine/types";
import type { LogQuery, Platform } from "../../platforms/contract";
import type { FollowLog } from "./application-source";

/** What was written before the log is followed, from which the newest word is learnt. */
const firstLines = 50;
/** What may have been written in an interruption. */
const missedLines = 1_000;
const retryMs = 5_000;

/** A service's own log as its platform has it, followed over any interruption: no line is told twice. */
export function followLogOf(platform: Platform, service: string): FollowLog {
  return async (signal, onLine) => {
    let last: Micros | null = null;
    while (!signal.aborted) {
      try {
        const missed: LogQuery | null = last === null ? null : { lines: missedLines, since: last + 1 };
        await platform.followLogs(
          service,
          missed ?? { lines: firstLines },
          signal,
          ({ text, at, knownAt }) => {
            const when = at ?? knownAt ?? null;
            const instant = when === null ? null : fromRfc3339(when);
            last = instant ?? last;
            onLine(text, instant);
          },
        );
      } catch {
        // That its log cannot be read is told where the log is shown; its application just does not speak by it.
      }
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  };
}
