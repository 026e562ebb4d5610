import { advance } from "../../../machine/advance";
import { cloudflared } from "../../../machine/kinds/cloudflared";
import type { Move, Observation } from "../../../machine/observation";
import type { ApplicationFact, ApplicationMove, Failure, Told } from "../../contract";
import { observedMove } from "../../observed-move";
import type { TunnelAnswer } from "../answer";
import { cloudflaredRules } from "../rules";

export type Fact = ApplicationFact<TunnelAnswer>;

const rules = cloudflaredRules({ metrics: "http://127.0.0.1:20241", from: "here", failures: 3 });

/** What the platform observes of the process; `event` is its word, absent where the machine names it. */
export function process(state: string, at: number, event?: string | null): Fact {
  const observation: Observation = {
    state,
    at,
    observedAt: at,
    bootId: null,
    monotonic: null,
    ...(event === undefined ? {} : { event }),
    cause: { kind: "service-manager", detail: "the process" },
    evidence: {},
    source: "signal",
    sourceKey: `${state}@${at}`,
  };
  return { tag: "process", observation };
}

/** An answer with so many connections. */
export function ready(count: number, at: number, details: TunnelAnswer["details"] = null): Fact {
  const answer: TunnelAnswer = { status: count > 0 ? 200 : 503, ready: count, connectorId: "run", details };
  return { tag: "asked", asked: { tag: "answered", answer }, at, failures: 0 };
}

export const mend = "Name its address.";

export function failed(at: number, failures = 1, failure: Failure = "refused"): Fact {
  return { tag: "asked", asked: { tag: "failed", failure, why: "connection refused", mend }, at, failures };
}

/** Feeds the facts to the rules and their moves to the machine, from what history holds. */
export class Drive {
  readonly moves: Move[] = [];
  told: Told | null = null;
  state: string | null;
  wakeAt: number | null = null;
  /** What the rules moved themselves, without what they passed on. */
  readonly own: Move[] = [];
  #memory: ReturnType<typeof rules.begin>;

  constructor(state: string | null, since: number | null = state === null ? null : 0) {
    this.state = state;
    this.#memory = rules.begin(state, since);
  }

  take(...facts: readonly Fact[]): this {
    for (const fact of facts) {
      const judged = rules.take(this.#memory, fact);
      this.#memory = judged.memory;
      this.told = judged.told;
      this.wakeAt = judged.wakeAt;
      for (const move of judged.moves) this.#move(move);
    }
    return this;
  }

  get isAsked(): boolean {
    return rules.isAsked(this.#memory);
  }

  get isAwaited(): boolean {
    return rules.isAwaited(this.#memory);
  }

  get believed(): string | null {
    return this.#memory.state;
  }

  /** "Connecting connected> Connected"; a question mark marks what no edge allows. */
  get words(): string[] {
    return this.moves.map(({ from, to, event, declared }) => `${from} ${event}> ${to}${declared ? "" : "?"}`);
  }

  #move(move: ApplicationMove): void {
    const made = advance(cloudflared, { state: this.state, seq: this.moves.length }, observedMove(move));
    this.moves.push(...made);
    if (move.tag === "application") this.own.push(...made);
    this.state = made.at(-1)?.to ?? this.state;
  }
}

export const processState = rules.processState;
