import { setTimeout as sleep } from "node:timers/promises";
import { fromRfc3339 } from "../../clock";
import type { Platform } from "../../platforms/contract";
import type { FollowLog } from "./application-source";

/** What was written before the log is followed, from which the newest word is learnt. */
const firstLines = 50;
const retryMs = 5_000;

/** A service's own log as its platform has it, followed over any interruption. */
export function followLogOf(platform: Platform, service: string): FollowLog {
  return async (signal, onLine) => {
    let lines = firstLines;
    while (!signal.aborted) {
      try {
        await platform.followLogs(service, { lines }, signal, ({ text, at, knownAt }) => {
          const when = at ?? knownAt ?? null;
          onLine(text, when === null ? null : fromRfc3339(when));
        });
      } catch {
        // That its log cannot be read is told where the log is shown; its application just does not speak by it.
      }
      lines = 0;
      await sleep(retryMs, undefined, { signal }).catch(() => undefined);
    }
  };
}
