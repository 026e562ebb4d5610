import { now } from "../../clock";
import type { Observation } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import type { ApplicationFact, Asked, Judged, Told } from "../../probes/contract";
import { keepAsking } from "../../probes/keep-asking";
import { observedMove } from "../../probes/observed-move";
import type { ApplicationSource } from "./application-source";

/** What one service's application brings about. */
export interface ApplicationListener {
  /** Where history stands. */
  readonly standing: () => {
    readonly state: string | null;
    readonly since: Micros | null;
    /** What the platform told of the process last, where that was that it is up. */
    readonly up: Observation | null;
  };
  /** The host's clock minus ours. */
  readonly clockOffsetUs: () => Micros;
  readonly onMove: (observation: Observation) => void;
  readonly onTold: (told: Told | null) => void;
  /** The rules of its kind failed on a fact. */
  readonly onFault: (error: Error) => void;
}

/** A watch of whatever kind: what its probe answers and its rules remember stays inside. */
export type AnyApplicationWatch = Pick<
  ApplicationWatch<never, never>,
  "key" | "speaks" | "live" | "rest" | "onProcess" | "processState" | "close"
>;

/**
 * One application beside its process: asks it while there is contact with its host, follows its log
 * where that speaks, and tells what the rules of its kind make of both and of what the platform observes.
 */
export class ApplicationWatch<Memory, Answer> {
  readonly #source: ApplicationSource<Memory, Answer>;
  readonly #listener: ApplicationListener;
  readonly #asker: ReturnType<typeof keepAsking>;
  #memory: Memory;
  /** The rules go on from what history holds; false while there is no contact. */
  #isBegun = false;
  #isLive = false;
  #told = "";
  #tick: NodeJS.Timeout | null = null;
  #log: AbortController | null = null;
  /** When the present invocation began; null: before it was watched. */
  #startedAt: Micros | null = null;

  constructor(source: ApplicationSource<Memory, Answer>, listener: ApplicationListener) {
    this.#source = source;
    this.#listener = listener;
    this.#memory = source.rules.begin(null, null);
    this.#asker = keepAsking(source.probe, source.asking, {
      isWanted: () => this.#isLive && source.rules.isAsked(this.#memory),
      isAwaited: () => source.rules.isAwaited(this.#memory),
      onAsked: (asked, failures) => this.#onAsked(asked, failures),
    });
  }

  /** Says what it was made from: another one is another watch. */
  get key(): string {
    return this.#source.key;
  }

  /** Whether the application's truth moves the machine. */
  get speaks(): boolean {
    return this.#source.speaks;
  }

  /** What the platform is told the process does, where history holds this state. */
  processState(state: string | null): string | null {
    return this.#source.rules.processState(state);
  }

  /** The host is seen, and everything until now has been told: from here on the application is asked. */
  live(): void {
    this.#isLive = true;
    this.#begin();
    // What was told of it before is not true of what has ended meanwhile.
    if (!this.#source.rules.isAsked(this.#memory)) this.#tell(null);
    this.#asker.wake();
    this.#followLog();
  }

  /** There is no contact: nothing is asked, and nothing moves until there is. */
  rest(): void {
    this.#isLive = false;
    this.#isBegun = false;
    this.#setTick(null);
    this.#log?.abort();
    this.#log = null;
    this.#asker.wake();
  }

  /** What the platform observed of the process. */
  onProcess(observation: Observation): void {
    this.#begin();
    // What was asked of the invocation before, and its log, say nothing of this one.
    if (isAnotherLife(observation)) {
      this.#startedAt = observation.at;
      this.#asker.forget();
    }
    this.#take({ tag: "process", observation });
    this.#asker.wake();
    this.#followLog();
  }

  close(): void {
    this.rest();
    this.#asker.close();
    this.#source.close();
  }

  #begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#startedAt = null;
    const { rules, speaks } = this.#source;
    const { state, since, up } = this.#listener.standing();
    this.#memory = rules.begin(state, since);
    // The platform tells once that a process is up, and a state on the way does not hold it.
    if (speaks && up !== null && rules.processState(state) === "Starting")
      this.#memory = rules.take(this.#memory, {
        tag: "process",
        observation: { ...up, through: [] },
      }).memory;
  }

  #onAsked(asked: Asked<Answer>, failures: number): void {
    if (this.#isLive) this.#take({ tag: "asked", asked, failures, at: this.#at() });
  }

  #take(fact: ApplicationFact<Answer>): void {
    const { memory, moves, told, wakeAt } = this.#judge(fact);
    this.#memory = memory;
    for (const move of moves) this.#listener.onMove(observedMove(move, now().at));
    this.#tell(told);
    this.#setTick(wakeAt);
  }

  /** What a platform saw is history, whatever the rules of a kind make of it: a fault in them costs one word. */
  #judge(fact: ApplicationFact<Answer>): Judged<Memory> {
    const { rules } = this.#source;
    try {
      return rules.take(this.#memory, fact);
    } catch (error) {
      this.#listener.onFault(error as Error);
      const moves = fact.tag === "process" ? [fact] : [];
      const { state, since } = fact.tag === "process" ? stateAfter(fact) : this.#listener.standing();
      return { memory: rules.begin(state, since), moves, told: null, wakeAt: null };
    }
  }

  #tell(told: Told | null): void {
    const text = JSON.stringify(told);
    if (text === this.#told) return;
    this.#told = text;
    this.#listener.onTold(told);
  }

  #setTick(at: Micros | null): void {
    if (this.#tick) clearTimeout(this.#tick);
    this.#tick = null;
    if (at === null || !this.#isLive) return;
    const waitMs = Math.min(Math.max(0, Math.ceil((at - this.#at()) / 1000)), longestWaitMs);
    this.#tick = setTimeout(() => this.#take({ tag: "tick", at: this.#at() }), waitMs);
  }

  /** Its log is followed for as long as something of it runs. */
  #followLog(): void {
    const { followLog, rules } = this.#source;
    if (followLog === null || !this.#isLive) return;
    if (!rules.isAsked(this.#memory)) {
      this.#log?.abort();
      this.#log = null;
      return;
    }
    if (this.#log) return;
    this.#log = new AbortController();
    const { signal } = this.#log;
    void followLog(signal, (text, at) => {
      const isOld = at !== null && this.#startedAt !== null && at < this.#startedAt;
      if (!signal.aborted && !isOld) this.#take({ tag: "log", text, at: at ?? this.#at() });
    });
  }

  /**
   * Now, by the clock of the host that the service runs on. It is known to a few milliseconds: what is
   * learnt now is not before what was told already.
   */
  #at(): Micros {
    const at = now().at + this.#listener.clockOffsetUs();
    const { since } = this.#listener.standing();
    return since !== null && since >= at && since - at < uncertaintyUs ? since + 1 : at;
  }
}

/** The most that two readings of one host's clock differ by, over a slow line. */
const uncertaintyUs = 10_000_000;
/** A tick is asked for again where it comes too early: no timer waits longer than a day. */
const longestWaitMs = 86_400_000;

/** All but that a process which was starting is up. */
function isAnotherLife({ state, through = [] }: Observation): boolean {
  return state !== "Running" || through.length > 0;
}

function stateAfter({ observation: { state, at } }: { readonly observation: Observation }) {
  return { state, since: at };
}
