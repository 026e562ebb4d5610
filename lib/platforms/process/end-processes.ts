import { setTimeout as sleep } from "node:timers/promises";
import { signalProcess } from "./identity";
import type { ProcessEntry } from "./process-table";

interface Ending {
  readonly find: () => Promise<ProcessEntry[]>;
  /** Those that have had their SIGTERM already: for some programs a second one means "at once". */
  readonly alreadyAsked: (entry: ProcessEntry) => boolean;
  readonly isKillTime: () => boolean;
  /** Called when the first of them was seen. */
  readonly onFound: () => void;
  readonly onForbidden: (entry: ProcessEntry) => void;
}

const longestPauseMs = 250;

/**
 * Sees to it that none of the processes that `find` finds is left: SIGTERM to each, once, and
 * SIGKILL when it is time. Returns all that were seen, when none is left.
 */
export async function endProcesses(ending: Ending): Promise<ProcessEntry[]> {
  const seen = new Map<string, ProcessEntry>();
  const forbidden = new Set<number>();
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const left = await ending.find();
    if (left.length === 0) return [...seen.values()];
    if (seen.size === 0) ending.onFound();
    for (const entry of left) {
      const key = `${entry.pid} ${entry.startTime}`;
      const first = !seen.has(key);
      seen.set(key, entry);
      const answer = act(ending, entry, first);
      if (answer === "forbidden" && !forbidden.has(entry.pid)) {
        forbidden.add(entry.pid);
        ending.onForbidden(entry);
      }
    }
    await sleep(pauseMs);
  }
}

function act(ending: Ending, entry: ProcessEntry, first: boolean) {
  if (ending.isKillTime()) return signalProcess(entry, "SIGKILL");
  if (!first || ending.alreadyAsked(entry)) return undefined;
  const answer = signalProcess(entry, "SIGTERM");
  // A stopped process takes its SIGTERM only when it goes on.
  signalProcess(entry, "SIGCONT");
  return answer;
}
