import { advance } from "../../../../machine/advance";
import { service } from "../../../../machine/kinds/service";
import type { Move, Observation } from "../../../../machine/observation";
import type { OperatorEvent } from "../../../../machine/types";
import type { ServiceDetail } from "../../../contract";
import type { HostInstant, JournalEntry, UnitFact, UnitProperties } from "../../unit-facts";
import { interpretUnit, type UnitInterpretation } from "../interpret";
import { noMemory, type UnitMemory } from "../memory";

const epoch = 1_795_000_000_000_000;
const boot = 500_000_000;

export const lifeA = "a".repeat(32);
export const lifeB = "b".repeat(32);

/** An instant of the host, this many milliseconds after the story began. */
export function at(ms: number): HostInstant {
  return { at: epoch + ms * 1000, monotonic: boot + ms * 1000 };
}

/** What an operating systemd would tell of one unit, told by hand; the clock is the story's own. */
export class Story {
  memory: UnitMemory = noMemory;
  ms = 0;
  readonly moves: Move[] = [];
  readonly observations: Observation[] = [];
  readonly attributions: { sourceKey: string; detail: string; kind: string }[] = [];
  detail: ServiceDetail | null = null;
  wakeAt: number | null = null;
  readonly settleMs: number;
  #current: { state: string | null; seq: number } = { state: null, seq: 0 };

  constructor(settleMs = 1000) {
    this.settleMs = settleMs;
  }

  /** What history holds, and the first look at the unit. */
  open(
    state: string | null,
    whole: UnitProperties,
    more: { since?: number; keys?: readonly string[] } = {},
  ): this {
    this.#current = { state, seq: 0 };
    this.#tell({
      seen: this.#seen(),
      tag: "opened",
      bootId: "f".repeat(32),
      state,
      since: more.since === undefined ? null : at(more.since).at,
      clockOffsetUs: 0,
      ...(more.keys ? { keys: more.keys } : {}),
    });
    return this.look(whole);
  }

  look(properties: UnitProperties): this {
    return this.#tell({ seen: this.#seen(), tag: "properties", whole: true, properties });
  }

  /** The story goes on to this moment; a tick comes where one was asked for. */
  until(ms: number): this {
    while (this.wakeAt !== null && this.wakeAt <= at(ms).monotonic) {
      this.ms = (this.wakeAt - boot) / 1000;
      this.#tell({ seen: this.#seen(), tag: "tick" });
    }
    this.ms = ms;
    return this;
  }

  /** A signal of the unit, as of now. */
  says(properties: UnitProperties): this {
    return this.#tell({ seen: this.#seen(), tag: "properties", whole: false, properties });
  }

  jobNew(job: number, together: readonly string[] = []): this {
    return this.#tell({ seen: this.#seen(), tag: "job-new", job, together });
  }

  job(job: number, told: { type?: string; state?: string }): this {
    return this.#tell({ seen: this.#seen(), tag: "job", job, ...told });
  }

  jobRemoved(job: number, result = "done"): this {
    return this.#tell({ seen: this.#seen(), tag: "job-removed", job, result });
  }

  commanded(event: OperatorEvent, actor = "anna"): this {
    const context = { actor, commandId: `c-${event}` };
    return this.#tell({ seen: this.#seen(), tag: "commanded", event, context });
  }

  answered(event: OperatorEvent, job: number | null, error: string | null = null): this {
    return this.#tell({ seen: this.#seen(), tag: "command-answered", commandId: `c-${event}`, job, error });
  }

  manager(phase: "starting" | "running" | "stopping"): this {
    return this.#tell({ seen: this.#seen(), tag: "manager", phase });
  }

  journal(entry: Partial<JournalEntry>): this {
    const whole: JournalEntry = {
      cursor: "c",
      at: at(this.ms).at,
      monotonic: null,
      bootId: "f".repeat(32),
      unit: "x.service",
      invocation: lifeA,
      messageId: null,
      message: "",
      priority: 6,
      pid: 1,
      fields: {},
      ...entry,
    };
    return this.#tell({ seen: this.#seen(), tag: "journal", entry: whole });
  }

  /** The moves so far: `event>State`, `~` before what was inferred, `?>` where no edge was claimed. */
  get told(): string[] {
    return this.moves.map(({ event, to, inferred }) => `${event ?? "?"}>${inferred ? "~" : ""}${to}`);
  }

  get causes(): string[] {
    return this.moves.map(({ cause }) => `${cause.kind}: ${cause.detail}`);
  }

  get last(): Move | undefined {
    return this.moves.at(-1);
  }

  #seen() {
    return at(this.ms);
  }

  #tell(fact: UnitFact): this {
    const told: UnitInterpretation = interpretUnit(this.memory, fact, {
      unit: "x.service",
      settleMs: this.settleMs,
    });
    this.memory = told.memory;
    this.wakeAt = told.wakeAt;
    this.detail = told.detail ?? this.detail;
    this.observations.push(...told.observations);
    for (const { sourceKey, cause } of told.attributions)
      this.attributions.push({ sourceKey, kind: cause.kind, detail: cause.detail });
    for (const observation of told.observations) {
      const moves = advance(service, this.#current, observation);
      this.moves.push(...moves);
      const last = moves.at(-1);
      if (last) this.#current = { state: last.to, seq: last.seq };
    }
    return this;
  }
}
