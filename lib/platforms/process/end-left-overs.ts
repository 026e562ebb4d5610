import { now } from "../../clock";
import { endProcesses } from "./end-processes";
import type { FactBody } from "./facts";
import { toLeftOver } from "./family";
import type { Found } from "./left-overs";
import { Deadline } from "./timers";

/** Ends what an earlier run of Signalbox left of a service, and tells of it. */
export class LeftOverEnding {
  /** Resolves when nothing of it is left. */
  readonly over: Promise<void>;
  readonly #killTime: Deadline;

  constructor(
    found: Found,
    limitMs: number,
    tell: (body: FactBody) => void,
    warn: (message: string) => void,
  ) {
    const { leader, processes, family } = found;
    const { at, monotonic } = leader?.begun ?? now();
    const begun = leader === null ? null : { at, monotonic, pid: leader.pid };
    const trigger = { tag: "left-over" } as const;
    const since = performance.now();
    this.#killTime = new Deadline((hurried) => {
      const waitedMs = Math.round(performance.now() - since);
      tell({ tag: "stop-timed-out", limitMs: hurried ? waitedMs : limitMs, hurried });
    });
    tell({ tag: "found-left-over", processes: processes.map(toLeftOver), begun });
    tell({ tag: "stop-begun", trigger, purpose: "left-over" });
    this.#killTime.arm(limitMs);
    this.over = endProcesses({
      find: () => family.members(),
      alreadyAsked: () => false,
      isKillTime: () => this.#killTime.passed,
      onFound: () => undefined,
      onForbidden: ({ pid }) => warn(`not allowed to end process ${pid} of an earlier run`),
    }).then((ended) => {
      this.#killTime.cancel();
      tell({ tag: "cleared", leftOvers: ended.map(toLeftOver) });
    });
  }

  hurry(limitMs: number): void {
    this.#killTime.arm(limitMs, true);
  }
}
