import { now } from "../../clock";
import { endProcesses } from "./end-processes";
import type { FactBody, NotEnded } from "./facts";
import { toLeftOver } from "./family";
import type { Found } from "./left-overs";
import { EndTimes } from "./timers";

/** Ends what an earlier run of Signalbox left of a service, and tells of it. */
export class LeftOverEnding {
  /** Resolves when nothing of it is left, or with what was given up because it cannot be ended. */
  readonly over: Promise<NotEnded[]>;
  readonly #times: EndTimes;

  constructor(
    found: Found,
    limits: { readonly limitMs: number; readonly patienceMs: number },
    tell: (body: FactBody) => void,
    warn: (message: string) => void,
  ) {
    const { leader, processes } = found;
    const { limitMs, patienceMs } = limits;
    const { at, monotonic } = leader?.begun ?? now();
    const begun = leader === null ? null : { at, monotonic, pid: leader.pid };
    const trigger = { tag: "left-over" } as const;
    const since = performance.now();
    this.#times = new EndTimes(patienceMs, (hurried) => {
      const waitedMs = Math.round(performance.now() - since);
      tell({ tag: "stop-timed-out", limitMs: hurried ? waitedMs : limitMs, hurried });
    });
    tell({ tag: "found-left-over", processes: processes.map(toLeftOver), begun });
    tell({ tag: "stop-begun", trigger, purpose: "left-over" });
    this.#times.arm(limitMs);
    this.over = this.#end(found, patienceMs, tell, warn);
  }

  hurry(limitMs: number): void {
    this.#times.arm(limitMs, true);
  }

  async #end(
    { family }: Found,
    patienceMs: number,
    tell: (body: FactBody) => void,
    warn: (message: string) => void,
  ): Promise<NotEnded[]> {
    const { seen, notEnded } = await endProcesses({
      find: () => family.members(),
      alreadyAsked: () => false,
      times: this.#times,
      onFound: () => undefined,
      onForbidden: ({ pid }) => warn(`not allowed to end process ${pid} of an earlier run`),
    });
    this.#times.cancel();
    const leftOvers = seen.map(toLeftOver);
    if (notEnded.length === 0) tell({ tag: "cleared", leftOvers });
    else tell({ tag: "kill-failed", patienceMs, notEnded, leftOvers });
    return notEnded;
  }
}
