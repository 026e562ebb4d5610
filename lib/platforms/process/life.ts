import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { type Instant, now } from "../../clock";
import type { Health } from "../../wire/service";
import type { OwnEnd } from "./backoff";
import { endProcesses } from "./end-processes";
import type { FactBody, NotEnded, StopPurpose, Trigger } from "./facts";
import { Family, toLeftOver } from "./family";
import { groupRemains, type Identity, signalGroup } from "./identity";
import type { ProcessSpec } from "./process-spec";
import { readProcess } from "./process-table";
import type { Spawned } from "./spawn-child";
import { spawnTurn } from "./spawn-turn";
import { type StopRequest, supersedes } from "./stop-request";
import { EndTimes } from "./timers";
import { watchStart } from "./watch-start";

export type LifeEnd =
  | { readonly tag: "as-asked"; readonly purpose: StopPurpose; readonly trigger: Trigger }
  | ({ readonly tag: "by-itself" } & OwnEnd)
  /** Something of it cannot be ended and still runs. */
  | { readonly tag: "given-up"; readonly notEnded: NotEnded[] };

/** Looking for what is left reads the machine's whole process table: that it ended is written first. */
const newsFirstMs = 20;

/** What a life needs of the house around it. */
export interface LifeSurroundings {
  readonly spec: ProcessSpec;
  /** How long it is waited for after its SIGKILL. */
  readonly killPatienceMs: number;
  readonly mark: string;
  readonly tell: (body: FactBody, instant?: Instant) => void;
  /** The services of `after` that are still starting, and when they no longer are. */
  readonly predecessors: (signal: AbortSignal) => { names: string[]; settled: Promise<void> };
  readonly spawn: () => Promise<Spawned> | Spawned;
  readonly remember: (identity: Identity, instant: Instant) => void;
  readonly forget: () => void;
  readonly lastLines: () => string[];
  readonly warn: (message: string) => void;
}

/** The process of a life, once there is one. */
interface Body {
  readonly leader: Identity;
  readonly family: Family;
  readonly born: Instant;
}

/** One start of a service, and all that follows from it until nothing of it runs, or can be ended. */
export class Life {
  readonly over: Promise<LifeEnd>;
  readonly #around: LifeSurroundings;
  readonly #withdrawal = new AbortController();
  readonly #times: EndTimes;
  #asked: StopRequest | null = null;
  /** Since when its processes are being ended. */
  #askedAtMs = 0;
  #body: Body | null = null;
  #exit: { readonly code: number | null; readonly runningMs: number } | null = null;
  #readyAt: Instant | null = null;
  #unwatch: () => void = () => undefined;
  #lastHealth = "";

  constructor(around: LifeSurroundings, trigger: Trigger) {
    this.#around = around;
    this.#times = new EndTimes(around.killPatienceMs, (hurried) => this.#kill(hurried));
    this.over = this.#run(trigger);
  }

  /** Its processes, once there are any. */
  get family(): Family | null {
    return this.#body?.family ?? null;
  }

  /**
   * Asks it to end: SIGTERM to the whole group now, SIGKILL after the limit. A later request may
   * change what the stop is for, and bring the limit forward.
   */
  ask(request: StopRequest): void {
    const endsByItself = this.#exit !== null && this.#asked === null;
    if (!endsByItself && supersedes(request, this.#asked)) {
      const first = this.#asked === null;
      this.#asked = request;
      this.#unwatch();
      this.#around.tell({ tag: "stop-begun", trigger: request.trigger, purpose: request.purpose });
      if (first) this.#terminate();
    }
    if (this.#body !== null) this.#times.arm(request.limitMs, request.hurried);
    this.#withdrawal.abort();
  }

  async #run(trigger: Trigger): Promise<LifeEnd> {
    const { spec, tell, predecessors, spawn } = this.#around;
    const probed = spec.probe !== null && !spec.oneshot;
    tell({ tag: "start-begun", trigger, oneshot: spec.oneshot, probed });
    const { names, settled } = predecessors(this.#withdrawal.signal);
    if (names.length > 0) {
      tell({ tag: "waiting-for", services: names });
      await settled;
    }
    if (this.#asked === null) await spawnTurn();
    const spawned = this.#askedFor() === null ? await spawn() : null;
    if (spawned?.tag === "spawned") return this.#live(spawned.child, spawned.pid, trigger);
    const asked = this.#askedFor();
    if (asked !== null) {
      tell({ tag: "nothing-to-stop" });
      return { tag: "as-asked", ...asked };
    }
    tell({ tag: "spawn-failed", error: spawned?.error ?? "it was not started" });
    return { tag: "by-itself", failed: true, runningMs: 0 };
  }

  async #live(child: ChildProcess, pid: number, trigger: Trigger): Promise<LifeEnd> {
    const { tell, remember, forget, mark } = this.#around;
    const born = now();
    // Empty if it has ended already; then no process is ever taken for it.
    const startTime = readProcess(pid)?.startTime ?? "";
    const leader: Identity = { pid, startTime, bootId: born.bootId };
    this.#body = { leader, family: new Family(leader, mark), born };
    const exited = new Promise<void>((resolve) => {
      child.once("exit", (code, signal) => {
        if (!this.#times.isOver) this.#onExit(code, signal);
        resolve();
      });
    });
    remember(leader, born);
    tell({ tag: "spawned", pid, startTime }, born);
    this.#watch(trigger);
    const asked = this.#askedFor();
    if (asked !== null) {
      this.#terminate();
      this.#times.arm(asked.limitMs, asked.hurried);
    }
    await Promise.race([exited, this.#times.gaveUp]);
    if (this.#askedFor() === null) await sleep(newsFirstMs);
    const notEnded = await this.#clear(this.#body);
    // Its record stays, so that a later run of Signalbox finds it.
    if (notEnded.length > 0) return { tag: "given-up", notEnded };
    forget();
    return this.#end();
  }

  #end(): LifeEnd {
    const asked = this.#askedFor();
    if (asked !== null && asked.purpose !== "start-deadline") return { tag: "as-asked", ...asked };
    const ready = this.#readyAt !== null || this.#around.spec.oneshot;
    const failed = this.#exit?.code !== 0 || !ready || asked !== null;
    return { tag: "by-itself", failed, runningMs: this.#exit?.runningMs ?? 0 };
  }

  /** Read anew: it changes while a function waits. */
  #askedFor(): StopRequest | null {
    return this.#asked;
  }

  #watch(trigger: Trigger): void {
    const { spec, tell } = this.#around;
    this.#unwatch = watchStart(spec, {
      onReady: (by, detail) => {
        this.#readyAt = now();
        tell({ tag: "ready", by, detail }, this.#readyAt);
      },
      onLate: (limitMs, detail) => {
        tell({ tag: "start-timed-out", limitMs, detail });
        this.ask({ purpose: "start-deadline", trigger, limitMs: spec.stopTimeoutMs, hurried: false });
      },
      onHealth: (health) => this.#tellHealth(health),
    });
  }

  #tellHealth(health: Health): void {
    const text = JSON.stringify(health);
    if (text === this.#lastHealth) return;
    this.#lastHealth = text;
    this.#around.tell({ tag: "health", health });
  }

  #terminate(): void {
    this.#askedAtMs = performance.now();
    if (this.#body === null) return;
    const { leader } = this.#body;
    if (signalGroup(leader, "SIGTERM") === "forbidden") this.#warnForbidden(leader.pid);
    // A stopped process takes its SIGTERM only when it goes on.
    signalGroup(leader, "SIGCONT");
  }

  #kill(hurried: boolean): void {
    const limitMs = this.#asked?.limitMs ?? this.#around.spec.stopTimeoutMs;
    const waitedMs = Math.round(performance.now() - this.#askedAtMs);
    this.#around.tell({ tag: "stop-timed-out", limitMs: hurried ? waitedMs : limitMs, hurried });
    if (this.#body !== null) signalGroup(this.#body.leader, "SIGKILL");
  }

  #onExit(code: number | null, signal: NodeJS.Signals | null): void {
    const instant = now();
    this.#unwatch();
    if (this.#asked === null) this.#askedAtMs = performance.now();
    const since = (start: Instant | undefined | null) =>
      start ? Math.round((instant.monotonic - start.monotonic) / 1000) : 0;
    this.#exit = { code, runningMs: since(this.#readyAt) };
    const pid = this.#body?.leader.pid ?? 0;
    const leftOvers = groupRemains(pid) ? (this.#body?.family.sessionNow() ?? []).map(toLeftOver) : [];
    const runtimeMs = since(this.#body?.born);
    this.#around.tell(
      { tag: "exited", code, signal, runtimeMs, leftOvers, log: this.#around.lastLines() },
      instant,
    );
  }

  async #clear({ leader, family }: Body): Promise<NotEnded[]> {
    const { tell, spec, killPatienceMs } = this.#around;
    const { seen, notEnded } = await endProcesses({
      find: () => family.members(),
      alreadyAsked: ({ groupId }) => this.#asked !== null && groupId === leader.pid,
      times: this.#times,
      onFound: () => this.#times.arm(spec.stopTimeoutMs),
      onForbidden: ({ pid }) => this.#warnForbidden(pid),
    });
    this.#times.cancel();
    const leftOvers = seen.map(toLeftOver);
    if (notEnded.length === 0) tell({ tag: "cleared", leftOvers });
    else tell({ tag: "kill-failed", patienceMs: killPatienceMs, notEnded, leftOvers });
    return notEnded;
  }

  #warnForbidden(pid: number): void {
    this.#around.warn(`not allowed to signal process ${pid}: it belongs to another user now`);
  }
}
