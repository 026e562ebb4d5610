import { type Census, takeCensus } from "./census";
import type { LeftOver } from "./facts";
import type { Identity } from "./identity";
import { listFromProc, type ProcessEntry, readProcess } from "./process-table";

/**
 * A service's processes: the one that was started, everything in its group and session, and (where
 * the environment can be read) everything that carries the service's mark, also after a `setsid`.
 */
export class Family {
  readonly #leader: Identity | null;
  readonly #mark: string;

  constructor(leader: Identity | null, mark: string) {
    this.#leader = leader;
    this.#mark = mark;
  }

  async members(): Promise<ProcessEntry[]> {
    return this.membersIn(await takeCensus());
  }

  membersIn(census: Census): ProcessEntry[] {
    return census.family(this.#leader, this.#mark);
  }

  /** Those of the leader's group and session, at once; only where that is cheap. */
  sessionNow(): ProcessEntry[] {
    const leader = this.#leader;
    if (process.platform !== "linux" || leader === null) return [];
    const holder = readProcess(leader.pid);
    if (holder !== null && holder.startTime !== leader.startTime) return [];
    return listFromProc().filter(
      ({ sessionId, groupId }) => sessionId === leader.pid || groupId === leader.pid,
    );
  }
}

export function toLeftOver({ pid, startTime, command }: ProcessEntry): LeftOver {
  return { pid, startTime, command };
}
