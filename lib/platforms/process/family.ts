import type { LeftOver } from "./facts";
import type { Identity } from "./identity";
import { listFromProc, listProcesses, type ProcessEntry, readProcess, readVariable } from "./process-table";

/** Set for every child: it names the service to those who find the process later. */
export const serviceVariable = "SIGNALBOX_SERVICE";
export const invocationVariable = "SIGNALBOX_INVOCATION";

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
    return (await listProcesses()).filter((entry) => this.#inSession(entry) || this.#marked(entry));
  }

  /** Those of the leader's group and session, at once; only where that is cheap. */
  sessionNow(): ProcessEntry[] {
    if (process.platform !== "linux") return [];
    return listFromProc().filter((entry) => this.#inSession(entry));
  }

  /** A group keeps its number from being given out; another process under it means it was empty. */
  #inSession(entry: ProcessEntry): boolean {
    const leader = this.#leader;
    if (leader === null) return false;
    if (entry.sessionId !== leader.pid && entry.groupId !== leader.pid) return false;
    const holder = entry.pid === leader.pid ? entry : readProcess(leader.pid);
    return holder === null || holder.startTime === leader.startTime;
  }

  #marked(entry: ProcessEntry): boolean {
    return entry.pid !== process.pid && readVariable(entry.pid, serviceVariable) === this.#mark;
  }
}

export function toLeftOver({ pid, startTime, command }: ProcessEntry): LeftOver {
  return { pid, startTime, command };
}
