import { setTimeout as sleep } from "node:timers/promises";
import type { NotEnded } from "./facts";
import { toLeftOver } from "./family";
import { signalProcess } from "./identity";
import type { ProcessEntry } from "./process-table";

interface Ending {
  readonly find: () => Promise<ProcessEntry[]>;
  /** Those that have had their SIGTERM already: for some programs a second one means "at once". */
  readonly alreadyAsked: (entry: ProcessEntry) => boolean;
  readonly times: { readonly isKillTime: boolean; readonly isOver: boolean };
  /** Called when the first of them was seen. */
  readonly onFound: () => void;
  readonly onForbidden: (entry: ProcessEntry) => void;
}

interface Ended {
  /** All that were seen. */
  readonly seen: readonly ProcessEntry[];
  /** Those that still ran when they were given up. */
  readonly notEnded: NotEnded[];
}

const longestPauseMs = 250;

/**
 * Sees to it that none of the processes that `find` finds is left: SIGTERM to each, once, and
 * SIGKILL when it is time. Resolves when none is left, or when the time for that is over too.
 */
export async function endProcesses(ending: Ending): Promise<Ended> {
  const seen = new Map<string, ProcessEntry>();
  const forbidden = new Set<number>();
  for (let pauseMs = 5; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    const left = await findTwice(ending);
    if (left.length === 0) return { seen: [...seen.values()], notEnded: [] };
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
    if (ending.times.isOver) {
      const notEnded = left.map((entry) => ({ ...toLeftOver(entry), forbidden: forbidden.has(entry.pid) }));
      return { seen: [...seen.values()], notEnded };
    }
    await sleep(pauseMs);
  }
}

/** A look takes a while: what forks and exits meanwhile may slip through one, hardly through two. */
async function findTwice({ find }: Ending): Promise<ProcessEntry[]> {
  const left = await find();
  return left.length > 0 ? left : find();
}

function act({ times, alreadyAsked }: Ending, entry: ProcessEntry, first: boolean) {
  if (times.isKillTime) return signalProcess(entry, "SIGKILL");
  if (!first || alreadyAsked(entry)) return undefined;
  const answer = signalProcess(entry, "SIGTERM");
  // A stopped process takes its SIGTERM only when it goes on.
  signalProcess(entry, "SIGCONT");
  return answer;
}
