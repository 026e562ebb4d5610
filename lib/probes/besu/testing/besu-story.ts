import { advance } from "../../../machine/advance";
import { besu } from "../../../machine/kinds/besu";
import type { Move, Observation } from "../../../machine/observation";
import type { Micros } from "../../../machine/types";
import type { ApplicationFact, ApplicationMove, Failure, Told } from "../../contract";
import { observedMove } from "../../observed-move";
import { type BesuAnswer, known, unknown } from "../besu-answer";
import type { BesuMemory } from "../rules/besu-memory";
import { besuRules } from "../rules/besu-rules";
import type { BesuSettings } from "../rules/besu-settings";
import { besuConfig } from "./besu-config";

export type BesuFact = ApplicationFact<BesuAnswer>;

/** When stories begin; instants in them are seconds after it. */
export const begun: Micros = 1_764_316_800_000_000;
export const second = (seconds: number): Micros => begun + Math.round(seconds * 1_000_000);

export function settingsOf(said: Partial<BesuSettings> = {}): BesuSettings {
  const { auth: _, ...settings } = besuConfig({ rpc: "http://192.0.2.11:8545", ...said });
  return settings;
}

/** An answer of a node in sync, five seconds after its last block, with 4 peers. */
export function answerAt(seconds: number, said: Partial<BesuAnswer> = {}): BesuAnswer {
  const height = 1000 + Math.floor(seconds / 2);
  return {
    syncing: known(null),
    head: known({ height, at: second(Math.floor(seconds / 2) * 2) }),
    peers: known(4),
    noPeersBecause: null,
    best: null,
    ready: known(true),
    live: known(true),
    earlier: [],
    version: "besu/v26.3.0",
    chainId: 2018,
    address: null,
    chain: unknown("qbft_getValidatorsByBlockNumber is not enabled"),
    ...said,
  };
}

export function processFact(seconds: number, state: string, said: Partial<Observation> = {}): BesuFact {
  const observation: Observation = {
    state,
    at: second(seconds),
    observedAt: second(seconds),
    bootId: "boot",
    monotonic: second(seconds) - begun,
    cause: { kind: "service", detail: "as the platform tells it" },
    evidence: {},
    source: "signal",
    sourceKey: `${state}@${seconds}`,
    ...said,
  };
  return { tag: "process", observation };
}

export function answered(seconds: number, said: Partial<BesuAnswer> = {}): BesuFact {
  const asked = { tag: "answered", answer: answerAt(seconds, said) } as const;
  return { tag: "asked", at: second(seconds), failures: 0, asked };
}

export function failedAsking(
  seconds: number,
  failures: number,
  failure: Failure = "refused",
  why = "connection refused",
): BesuFact {
  return { tag: "asked", at: second(seconds), failures, asked: { tag: "failed", failure, why } };
}

export function logged(seconds: number, text: string): BesuFact {
  return { tag: "log", text, at: second(seconds) };
}

export function tick(seconds: number): BesuFact {
  return { tag: "tick", at: second(seconds) };
}

/** A service whose rules are told one fact after the other, and whose rows are made as the engine makes them. */
export class BesuStory {
  readonly rules: ReturnType<typeof besuRules>;
  memory: BesuMemory;
  told: Told | null = null;
  wakeAt: Micros | null = null;
  readonly rows: Move[] = [];
  #state: string | null;

  constructor(settings: Partial<BesuSettings> = {}, state: string | null = null) {
    this.rules = besuRules(settingsOf(settings));
    this.memory = this.rules.begin(state, state === null ? null : begun);
    this.#state = state;
  }

  get state(): string | null {
    return this.#state;
  }

  /** @returns the rows that this fact has made, as "From → To (event)". */
  take(fact: BesuFact): string[] {
    const judged = this.rules.take(this.memory, fact);
    this.memory = judged.memory;
    this.told = judged.told;
    this.wakeAt = judged.wakeAt;
    return judged.moves.flatMap((move) => this.#write(move));
  }

  takeAll(facts: readonly BesuFact[]): string[] {
    return facts.flatMap((fact) => this.take(fact));
  }

  #write(move: ApplicationMove): string[] {
    const rows = advance(besu, { state: this.#state, seq: this.rows.length }, observedMove(move));
    this.rows.push(...rows);
    this.#state = rows.at(-1)?.to ?? this.#state;
    return rows.map(
      ({ from, to, event, declared }) => `${from} → ${to} (${declared ? event : "not declared"})`,
    );
  }
}
