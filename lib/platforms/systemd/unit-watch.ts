import { now } from "../../clock";
import type { Observation } from "../../machine/observation";
import type { Micros } from "../../machine/types";
import type { Report } from "../contract";
import { interpretUnit } from "./interpret/interpret";
import { noMemory, type UnitMemory } from "./interpret/memory";
import type { Seen, UnitFact, UnitProperties } from "./unit-facts";

/** A unit of a host and the service that it is in the fleet. */
export interface WatchedUnit {
  readonly name: string;
  /** With `.service` at its end. */
  readonly unit: string;
  readonly kind: string;
  readonly settleMs: number;
}

type FactWithout<T> = T extends { readonly seen: Seen } ? Omit<T, "seen"> : never;
/** A fact, before it is said when it came. */
export type News = FactWithout<UnitFact>;

/** One unit under watch: facts in the order in which they come, reports in the order of what they mean. */
export class UnitWatch {
  readonly watched: WatchedUnit;
  readonly #report: (report: Report) => void;
  #memory: UnitMemory = noMemory;
  #timer: NodeJS.Timeout | null = null;
  /** The moment that a tick is due, on our own monotonic clock. */
  #due: Micros | null = null;
  #properties: UnitProperties = {};

  constructor(watched: WatchedUnit, report: (report: Report) => void) {
    this.watched = watched;
    this.#report = report;
  }

  /** The newest word on every property. */
  get properties(): UnitProperties {
    return this.#properties;
  }

  /**
   * @param seen when it came: what was kept before it could be taken in came earlier than now. What was
   * due until then is told first, as it would have been.
   */
  take(news: News, seen: Seen = now()): void {
    this.#tickUntil(seen);
    this.#interpret(news, { at: seen.at, monotonic: seen.monotonic });
  }

  #tickUntil(seen: Seen): void {
    for (let due = this.#due; due !== null && due <= seen.monotonic; due = this.#due)
      this.#interpret({ tag: "tick" }, { at: seen.at - (seen.monotonic - due), monotonic: due });
  }

  #interpret(news: News, seen: Seen): void {
    if (news.tag === "properties") this.#properties = { ...this.#properties, ...news.properties };
    // A spread over the union loses which member it is.
    const fact = { ...news, seen } as UnitFact;
    const { unit, name: service, settleMs } = { ...this.watched };
    const { memory, observations, detail, attributions, wakeAt } = interpretUnit(this.#memory, fact, {
      unit,
      settleMs,
    });
    this.#memory = memory;
    for (const observation of observations) this.#report({ tag: "observation", service, observation });
    if (detail) this.#report({ tag: "detail", service, detail });
    for (const { sourceKey, cause } of attributions)
      this.#report({ tag: "attribution", service, sourceKey, cause });
    this.#wakeAt(wakeAt);
  }

  /** Waits for nothing more; the next fact is `opened` again. */
  rest(): void {
    this.#wakeAt(null);
    this.#properties = {};
  }

  #wakeAt(monotonic: number | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#due = monotonic;
    if (monotonic === null) return;
    const waitMs = Math.max(0, Math.ceil((monotonic - now().monotonic) / 1000));
    // What arrived while this process was busy is read before the moment is judged.
    this.#timer = setTimeout(() => setImmediate(() => this.#onDue(monotonic)), waitMs);
  }

  #onDue(monotonic: Micros): void {
    if (this.#due !== monotonic) return;
    this.#tickUntil(now());
    if (this.#due === monotonic) this.#wakeAt(monotonic);
  }
}

/**
 * What these properties mean by themselves, without any history: for a first glimpse of a unit.
 * `since` is null where the properties do not tell it. Null: nothing is known.
 */
export function glimpseOf(
  watched: WatchedUnit,
  properties: UnitProperties,
  clockOffsetUs: Micros | null,
): { readonly state: string; readonly since: Micros | null } | null {
  const seen: Observation[] = [];
  const glimpse = new UnitWatch(watched, (report) => {
    if (report.tag === "observation") seen.push(report.observation);
  });
  const nothing = { state: null, since: null, keys: [] };
  glimpse.take({ tag: "opened", bootId: "", clockOffsetUs, ...nothing });
  glimpse.take({ tag: "properties", whole: true, properties });
  glimpse.rest();
  const last = seen.at(-1);
  return last ? { state: last.state, since: properties.stateChange ? last.at : null } : null;
}
